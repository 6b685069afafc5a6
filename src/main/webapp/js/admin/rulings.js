/** What moderators have ruled: what is in force, and all that was done. */
import { words } from '../i18n.js';
import { button, Table, who } from './table.js';

const AUDITED = 25;

export class Rulings {
  #call;
  #sanctions;
  #audit;
  #entries = [];
  #older = document.getElementById('older');

  /** @param call (procedure, kwargs) => promise; lift is told the ruling to take back; nameOf(author's id) may know it */
  constructor({ call, lift, nameOf }) {
    this.#call = call;
    const whom = (cell, { author }) => who(cell, { author, name: nameOf(author) });
    const where = (_, { room }) => room ?? { words: 'admin.everywhere' };
    const what = (_, { action }) => ({ words: `admin.${action}` });
    this.#sanctions = new Table(document.getElementById('sanctions'), ({ action, author, room }) => `${action} ${author} ${room}`, [
      whom,
      what,
      where,
      (_, { until }) => (until ? new Date(until) : { words: 'admin.for-ever' }),
      (_, { reason }) => reason || '–',
      (_, { moderator }) => moderator.name,
      (cell, ruling) => button(cell, ruling, 'admin.lift', words('admin.lift.of', { action: words(`admin.${ruling.action}`), author: ruling.author }), lift),
    ]);
    this.#audit = new Table(document.getElementById('audit'), ({ number }) => number, [
      whom,
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
