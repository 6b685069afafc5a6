/** Active sanctions and the log of moderation actions. */
import { translate } from '../i18n.js';
import { button, showUser, Table } from './table.js';

const AUDITED = 25;

/** What an action applies to: an author, addresses or a room. */
export const subject = ({ author, address, room }) => author ?? address ?? room;

export class ModerationLog {
  #call;
  #sanctions;
  #audit;
  #entries = [];
  #older = document.getElementById('older');

  /** @param call (procedure, kwargs) => promise; revoke(sanction); nameOf(author's id) => name or undefined */
  constructor({ call, revoke, nameOf }) {
    this.#call = call;
    const user = (cell, { author, address }) => (author ? showUser(cell, { author, name: nameOf(author) }) : address ?? '–');
    const where = (_, { room }) => room ?? { key: 'admin.everywhere' };
    const what = (_, { action }) => ({ key: `admin.${action}` });
    this.#sanctions = new Table(document.getElementById('sanctions'), ({ number }) => number, [
      user,
      what,
      where,
      (_, { until }) => (until ? new Date(until) : { key: 'admin.for-ever' }),
      (_, { reason }) => reason || '–',
      (_, { moderator }) => moderator.name,
      (cell, action) => button(cell, action, 'admin.revoke', translate('admin.revoke.of', { action: translate(`admin.${action.action}`), author: subject(action) }), revoke),
    ]);
    this.#audit = new Table(document.getElementById('audit'), ({ number }) => number, [
      user,
      what,
      where,
      (_, { at }) => new Date(at),
      (_, { reason }) => reason || '–',
      (_, { moderator }) => moderator.name,
    ]);
    this.#older.addEventListener('click', () => this.#more());
  }

  async refresh() {
    const [sanctions, audit] = await Promise.all([
      this.#call('veche.sanctions'),
      this.#call('veche.audit', { limit: AUDITED }),
    ]);
    this.#sanctions.show(sanctions);
    this.#show(audit);
  }

  async #more() {
    const before = this.#entries.at(-1).number;
    this.#show([...this.#entries, ...await this.#call('veche.audit', { before, limit: AUDITED })]);
  }

  #show(entries) {
    this.#older.hidden = entries.length === 0 || entries.length % AUDITED !== 0 || entries.length === this.#entries.length;
    this.#entries = entries;
    this.#audit.show(entries);
  }
}
