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
    this.#form.elements.address.addEventListener('change', () => this.#adapt());
    document.getElementById('moderate-cancel').addEventListener('click', () => this.#dialog.close());
  }

  /** @param author {id, name, address}; rooms of the author */
  open(author, rooms) {
    this.#author = author;
    setText(document.getElementById('moderate-title'), 'moderate.title', { name: author.name });
    document.getElementById('moderate-id').textContent = author.id;
    const everywhere = make('option', { value: '' });
    setText(everywhere, 'admin.everywhere');
    this.#form.elements.room.replaceChildren(everywhere, ...rooms.map(room => make('option', { value: room, textContent: room })));
    this.#form.reset();
    setText(document.getElementById('moderate-address-label'), 'admin.ban.address', { address: rangeOf(author.address) });
    this.#error.textContent = '';
    this.#adapt();
    this.#dialog.showModal();
  }

  #adapt() {
    const { action, address, room } = this.#form.elements;
    document.getElementById('moderate-lasting').hidden = !LASTING.has(action.value);
    document.getElementById('moderate-address').hidden = action.value !== 'ban';
    room.disabled = action.value === 'ban' && address.checked;
  }

  async #submit() {
    const { action, room, seconds, reason, address } = this.#form.elements;
    const byAddress = action.value === 'ban' && address.checked;
    const lasting = LASTING.has(action.value) && seconds.value !== '';
    try {
      await this.#apply(action.value, {
        ...(byAddress ? { address: rangeOf(this.#author.address) } : { author: this.#author.id, room: room.value || null }),
        ...(lasting ? { seconds: Number(seconds.value) } : {}),
        reason: reason.value.trim(),
      });
      this.#dialog.close();
    } catch (failure) {
      setText(this.#error, 'action.failed', { reason: refusal(failure) });
    }
  }
}

/** The address, or the network that a provider assigns to a subscriber of IPv6 (RFC 6177). */
const rangeOf = address => (address.includes(':') ? `${address}/64` : address);
