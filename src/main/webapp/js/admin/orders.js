/** The dialog in which a moderator says what is to be done to an author, and where, for how long, and why. */
import { say } from '../i18n.js';
import { make } from '../elements.js';
import { refusal } from '../reasons.js';

const LASTING = new Set(['mute', 'ban']);

export class Orders {
  #dialog = document.getElementById('order');
  #form = document.getElementById('order-form');
  #error = document.getElementById('order-error');
  #author = null;
  #give;

  /** @param give (action, kwargs) => promise */
  constructor(give) {
    this.#give = give;
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.elements.action.addEventListener('change', () => this.#adapt());
    document.getElementById('order-cancel').addEventListener('click', () => this.#dialog.close());
  }

  /** @param author {id, name}; @param rooms where they are */
  open(author, rooms) {
    this.#author = author;
    say(document.getElementById('order-title'), 'admin.order', { name: author.name });
    document.getElementById('order-id').textContent = author.id;
    const everywhere = make('option', { value: '' });
    say(everywhere, 'admin.everywhere');
    this.#form.elements.room.replaceChildren(everywhere, ...rooms.map(room => make('option', { value: room, textContent: room })));
    this.#form.reset();
    this.#error.textContent = '';
    this.#adapt();
    this.#dialog.showModal();
  }

  #adapt() {
    document.getElementById('order-lasting').hidden = !LASTING.has(this.#form.elements.action.value);
  }

  async #submit() {
    const { action, room, seconds, reason } = this.#form.elements;
    const lasting = LASTING.has(action.value) && seconds.value !== '';
    try {
      await this.#give(action.value, {
        author: this.#author.id,
        room: room.value || null,
        ...(lasting ? { seconds: Number(seconds.value) } : {}),
        reason: reason.value.trim(),
      });
      this.#dialog.close();
    } catch (failure) {
      say(this.#error, 'action.failed', { reason: refusal(failure) });
    }
  }
}
