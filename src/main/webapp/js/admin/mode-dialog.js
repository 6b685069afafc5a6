/** Dialog for the mode of a room: normal, slow, read-only or closed. */
import { setText } from '../i18n.js';
import { refusal } from '../reasons.js';

export class ModeDialog {
  #dialog = document.getElementById('mode');
  #form = document.getElementById('mode-form');
  #error = document.getElementById('mode-error');
  #room = null;
  #apply;

  /** @param apply (action, kwargs) => promise */
  constructor(apply) {
    this.#apply = apply;
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.elements.action.addEventListener('change', () => this.#adapt());
    document.getElementById('mode-cancel').addEventListener('click', () => this.#dialog.close());
  }

  /** @param room the name; mode: its mode, or undefined */
  open({ room, mode }) {
    this.#room = room;
    setText(document.getElementById('mode-title'), 'admin.mode.title', { room });
    this.#form.reset();
    this.#form.elements.action.value = mode?.action ?? 'slow';
    if (mode?.interval) this.#form.elements.interval.value = mode.interval;
    this.#error.textContent = '';
    this.#adapt();
    this.#dialog.showModal();
  }

  #adapt() {
    const action = this.#form.elements.action.value;
    document.getElementById('mode-slow').hidden = action !== 'slow';
    document.getElementById('mode-lasting').hidden = action === 'open';
  }

  async #submit() {
    const { action, interval, seconds, reason } = this.#form.elements;
    try {
      await this.#apply(action.value, {
        room: this.#room,
        ...(action.value === 'slow' ? { interval: Number(interval.value) } : {}),
        ...(action.value !== 'open' && seconds.value !== '' ? { seconds: Number(seconds.value) } : {}),
        reason: reason.value.trim(),
      });
      this.#dialog.close();
    } catch (failure) {
      setText(this.#error, 'action.failed', { reason: refusal(failure) });
    }
  }
}
