/** Moderation dialog. */
import { setText } from './i18n.js';
import { refusal } from './reasons.js';

const LASTING = new Set(['mute', 'ban']);

export class Moderation {
  #root;
  #dialog;
  #call;
  #author = null;
  #everywhere = [];

  /** @param call (procedure, {author, seconds, reason, everywhere}) => a promise */
  constructor(root, call) {
    this.#root = root;
    this.#call = call;
    this.#dialog = root.getElementById('moderate');
    root.getElementById('moderate-form').addEventListener('submit', event => this.#submitted(event));
    root.getElementById('moderate-cancel').addEventListener('click', () => this.#dialog.close());
    root.getElementById('moderate-action').addEventListener('change', () => this.#adapt());
  }

  /** @param author {id, name}; may the permitted actions of kick, ban, mute in the room; everywhere those in all rooms */
  open(author, may, everywhere) {
    this.#author = author;
    this.#everywhere = everywhere;
    setText(this.#root.getElementById('moderate-title'), 'moderate.title', { name: author.name });
    const action = this.#root.getElementById('moderate-action');
    for (const option of action.options) option.hidden = option.disabled = !may.includes(option.value.replace(/^un/, ''));
    action.value = [...action.options].find(option => !option.hidden).value;
    this.#root.getElementById('moderate-error').textContent = '';
    this.#root.getElementById('moderate-reason').value = '';
    this.#adapt();
    this.#dialog.showModal();
  }

  #adapt() {
    const action = this.#root.getElementById('moderate-action').value;
    this.#root.getElementById('moderate-lasting').hidden = !LASTING.has(action);
    this.#root.getElementById('moderate-why').hidden = action.startsWith('un');
    const everywhere = this.#root.getElementById('moderate-everywhere');
    everywhere.disabled = everywhere.parentElement.hidden = !this.#everywhere.includes(action.replace(/^un/, ''));
    if (everywhere.disabled) everywhere.checked = false;
  }

  async #submitted(event) {
    event.preventDefault();
    const value = id => this.#root.getElementById(id).value;
    const action = value('moderate-action');
    const seconds = LASTING.has(action) && value('moderate-seconds') !== '' ? Number(value('moderate-seconds')) : undefined;
    const reason = value('moderate-reason').trim() || undefined;
    const everywhere = this.#root.getElementById('moderate-everywhere').checked;
    try {
      await this.#call(`veche.${action}`, { author: this.#author.id, seconds, reason, everywhere });
      this.#dialog.close();
    } catch (failure) {
      setText(this.#root.getElementById('moderate-error'), 'action.failed', { reason: refusal(failure) });
    }
  }
}
