/** After an @, the names of those present: a listbox steered from the text field. */
import { make } from './elements.js';

const MENTION = /(?:^|[\s(])@([\p{L}\p{N}_.-]*)$/u;
const OFFERED = 6;

export class NameCompletion {
  #field;
  #list;
  #names;
  #chosen = 0;

  /** @param names () => the names that can be mentioned */
  constructor(field, list, names) {
    this.#field = field;
    this.#list = list;
    this.#names = names;
    field.addEventListener('input', () => this.#offer());
    field.addEventListener('blur', () => this.#close());
    list.addEventListener('pointerdown', event => {
      event.preventDefault(); // the field keeps the focus
      const option = event.target.closest('[role=option]');
      if (option) this.#take(option.textContent);
    });
  }

  /** Whether the key was meant for the list. */
  key(event) {
    if (this.#list.hidden) return false;
    const options = [...this.#list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#choose((this.#chosen + step + options.length) % options.length);
    else if (event.key === 'Enter' || event.key === 'Tab') this.#take(options[this.#chosen].textContent);
    else if (event.key === 'Escape') this.#close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #begun() {
    return MENTION.exec(this.#field.value.slice(0, this.#field.selectionStart))?.[1];
  }

  #offer() {
    const begun = this.#begun()?.toLocaleLowerCase();
    const fitting = begun === undefined ? [] : this.#names().filter(name => name.toLocaleLowerCase().startsWith(begun)).slice(0, OFFERED);
    if (fitting.length === 0) return this.#close();
    this.#list.replaceChildren(...fitting.map((name, index) => make('li', { role: 'option', id: `name-${index}`, dir: 'auto' }, name)));
    this.#list.hidden = false;
    this.#choose(0);
  }

  #choose(index) {
    this.#chosen = index;
    [...this.#list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    this.#field.setAttribute('aria-activedescendant', `name-${index}`);
  }

  #take(name) {
    const end = this.#field.selectionStart;
    this.#field.setRangeText(`${name} `, end - this.#begun().length, end, 'end');
    this.#close();
    this.#field.dispatchEvent(new Event('input'));
  }

  #close() {
    this.#list.hidden = true;
    this.#field.removeAttribute('aria-activedescendant');
  }
}
