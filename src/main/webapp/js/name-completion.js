/** Completes names after an @: a listbox controlled from the text field. */
import { make } from './elements.js';
import { fold } from './names.js';

/** A name has 32 characters at most, which may be of several units each. */
const LONGEST = 64;
const BEFORE = /[\s(]/;
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

  /** Whether the list has handled the key. */
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
    const { value, selectionStart } = this.#field;
    const written = value.slice(Math.max(0, selectionStart - LONGEST), selectionStart);
    const at = written.lastIndexOf('@');
    const alone = at === 0 ? selectionStart <= LONGEST : BEFORE.test(written[at - 1] ?? '');
    const begun = written.slice(at + 1);
    return at >= 0 && alone && !begun.includes('\n') ? begun : undefined;
  }

  #offer() {
    const fitting = this.#fitting(this.#begun());
    if (fitting.length === 0) return this.#close();
    this.#list.replaceChildren(...fitting.map((name, index) => make('li', { role: 'option', id: `name-${index}`, dir: 'auto' }, name)));
    this.#list.hidden = false;
    this.#choose(0);
  }

  /** No suggestions after a complete name and a space, unless a longer name may follow. */
  #fitting(begun) {
    if (begun === undefined) return [];
    const names = this.#names();
    const folded = fold(begun);
    if (folded.endsWith(' ') && names.some(name => fold(name) === folded.trimEnd())) return [];
    return names.filter(name => fold(name).startsWith(folded)).slice(0, OFFERED);
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
