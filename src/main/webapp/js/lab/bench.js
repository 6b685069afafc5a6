/** A bench of the lab: its controls, the very code that it runs, and a log of what happened. */
import { say } from '../i18n.js';

const MAX_NOTES = 40;

export class Bench {
  #root;
  #log;
  #began = performance.now();

  /** @param code the functions that the bench runs: their source is what the reader sees */
  constructor(id, ...code) {
    this.#root = document.getElementById(id);
    this.#log = this.find('.notes');
    this.find('.code code').textContent = code.map(sourceOf).join('\n\n');
  }

  find(selector) {
    return this.#root.querySelector(selector);
  }

  on(selector, event, listener) {
    this.find(selector).addEventListener(event, given => {
      if (event === 'submit') given.preventDefault();
      listener(given);
    });
  }

  /** Empties the log and starts its clock. */
  begin() {
    this.#began = performance.now();
    this.#log?.replaceChildren();
  }

  elapsed() {
    return Math.round(performance.now() - this.#began);
  }

  /** Writes down an event: its name as in code, the time, and words for it. */
  note(name, key, fillings = {}) {
    const item = document.createElement('li');
    const at = document.createElement('span');
    const event = document.createElement('code');
    const text = document.createElement('span');
    at.className = 'at';
    say(at, 'lab.ms', { ms: this.elapsed() });
    event.textContent = name;
    say(text, key, fillings);
    item.append(at, event, text);
    this.#log.append(item);
    if (this.#log.children.length > MAX_NOTES) this.#log.firstElementChild.remove();
  }
}

/** A function as it is written in its module, so that what is shown cannot differ from what runs. */
function sourceOf(code) {
  return code.toString();
}
