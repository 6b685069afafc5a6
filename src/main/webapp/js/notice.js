/** A dismissible notice above the messages. */
import { setText } from './i18n.js';

export class Notice {
  #box;
  #text;

  constructor(root) {
    this.#box = root.getElementById('notice');
    this.#text = root.getElementById('notice-text');
    root.getElementById('notice-close').addEventListener('click', () => this.hide());
  }

  show(key, values) {
    this.#box.hidden = false;
    setText(this.#text, key, values);
  }

  hide() {
    this.#box.hidden = true;
  }
}
