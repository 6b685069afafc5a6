/** One line above the talk that tells what the reader should know, until they close it. */
import { say } from './i18n.js';

export class Notice {
  #box;
  #words;

  constructor(root) {
    this.#box = root.getElementById('notice');
    this.#words = root.getElementById('notice-words');
    root.getElementById('notice-close').addEventListener('click', () => this.hide());
  }

  show(key, fillings) {
    this.#box.hidden = false;
    say(this.#words, key, fillings);
  }

  hide() {
    this.#box.hidden = true;
  }
}
