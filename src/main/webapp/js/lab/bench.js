/** An experiment of the lab: its controls, the code that it runs, and an event log. */
import { setText } from '../i18n.js';

const MAX_NOTES = 40;

export class Bench {
  #root;
  #log;
  #began = performance.now();

  /** @param code the functions of the experiment, whose source is shown */
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

  /** Logs an event: its name in code, the time, and a description. */
  note(name, key, values = {}) {
    const item = document.createElement('li');
    const at = document.createElement('span');
    const event = document.createElement('code');
    const text = document.createElement('span');
    at.className = 'at';
    setText(at, 'lab.ms', { ms: this.elapsed() });
    event.textContent = name;
    setText(text, key, values);
    item.append(at, event, text);
    this.#log.append(item);
    if (this.#log.children.length > MAX_NOTES) this.#log.firstElementChild.remove();
  }
}

/** The source of a function, so that the displayed code is the one that runs. */
function sourceOf(code) {
  return code.toString();
}
