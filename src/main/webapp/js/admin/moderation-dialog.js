/** Moderation dialog: action, room, duration and reason. */
import { setText } from '../i18n.js';
import { make } from '../elements.js';
import { refusal } from '../reasons.js';

const LASTING = new Set(['mute', 'ban']);

export class ModerationDialog {
  #dialog = document.getElementById('moderate');
  #form = document.getElementById('moderate-form');
  #error = document.getElementById('moderate-error');
  #author = null;
  #apply;

  /** @param apply (action, kwargs) => promise */
  constructor(apply) {
    this.#apply = apply;
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.elements.action.addEventListener('change', () => this.#adapt());
    document.getElementById('moderate-cancel').addEventListener('click', () => this.#dialog.close());
  }

  /** @param author {id, name}; rooms of the author */
  open(author, rooms) {
    this.#author = author;
    setText(document.getElementById('moderate-title'), 'moderate.title', { name: author.name });
    document.getElementById('moderate-id').textContent = author.id;
    const everywhere = make('option', { value: '' });
    setText(everywhere, 'admin.everywhere');
    this.#form.elements.room.replaceChildren(everywhere, ...rooms.map(room => make('option', { value: room, textContent: room })));
    this.#form.reset();
    this.#error.textContent = '';
    this.#adapt();
    this.#dialog.showModal();
  }

  #adapt() {
    document.getElementById('moderate-lasting').hidden = !LASTING.has(this.#form.elements.action.value);
  }

  async #submit() {
    const { action, room, seconds, reason } = this.#form.elements;
    const lasting = LASTING.has(action.value) && seconds.value !== '';
    try {
      await this.#apply(action.value, {
        author: this.#author.id,
        room: room.value || null,
        ...(lasting ? { seconds: Number(seconds.value) } : {}),
        reason: reason.value.trim(),
      });
      this.#dialog.close();
    } catch (failure) {
      setText(this.#error, 'action.failed', { reason: refusal(failure) });
    }
  }
}
