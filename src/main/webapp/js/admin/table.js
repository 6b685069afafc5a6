/** A table whose rows stay the same elements while what they show changes, so that nobody loses their place in it. */
import { clock, say } from '../i18n.js';
import { make } from '../elements.js';

export class Table {
  #body;
  #key;
  #columns;
  #rows = new Map();
  #empty;

  /**
   * @param key gives what tells items apart
   * @param columns each (cell, item) => what the cell shows: a text, a number, a Date, {words, …fillings}, or nothing
   *   where it has filled the cell itself; the first heads its row
   */
  constructor(table, key, columns) {
    this.#body = table.tBodies[0];
    this.#key = key;
    this.#columns = columns;
    this.#empty = make('tr', { class: 'empty' }, make('td', { colSpan: columns.length }));
    say(this.#empty.firstChild, 'admin.none');
    this.show([]);
  }

  show(items) {
    const keys = new Set(items.map(this.#key));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        row.remove();
        this.#rows.delete(key);
      }
    }
    items.forEach((item, index) => this.#place(this.#rowOf(item), index));
    if (items.length === 0) this.#body.append(this.#empty);
    else this.#empty.remove();
  }

  #place(row, index) {
    if (this.#body.rows[index] !== row) this.#body.insertBefore(row, this.#body.rows[index] ?? null);
  }

  #rowOf(item) {
    const key = this.#key(item);
    let row = this.#rows.get(key);
    if (!row) {
      row = make('tr', {}, ...this.#columns.map((_, index) => (index === 0 ? make('th', { scope: 'row' }) : make('td'))));
      this.#rows.set(key, row);
    }
    this.#columns.forEach((column, index) => show(row.cells[index], column(row.cells[index], item)));
    return row;
  }
}

function show(cell, value) {
  if (value === undefined) return;
  if (value instanceof Date) {
    const time = cell.firstElementChild ?? cell.appendChild(make('time'));
    if (time.dateTime !== value.toISOString()) clock(time, value);
    time.title = value.toLocaleString();
  } else if (value !== null && typeof value === 'object') {
    say(cell, value.words, value);
  } else {
    delete cell.dataset.words;
    const text = typeof value === 'number' ? value.toLocaleString(document.documentElement.lang) : (value ?? '–');
    if (cell.textContent !== text) cell.textContent = text;
  }
}

/** Shows somebody by name, where it is known, and id. */
export function who(cell, { name, author }) {
  const shown = `${name} ${author}`;
  if (cell.dataset.author === shown) return;
  cell.dataset.author = shown;
  cell.replaceChildren(...(name ? [make('bdi', { textContent: name })] : []), make('span', { class: 'id', textContent: author }));
}

/** A button in a cell, made once. @param press is told the item that the row shows then */
export function button(cell, item, wording, name, press) {
  let made = cell.querySelector('button');
  if (!made) {
    made = cell.appendChild(make('button', { type: 'button' }));
    made.addEventListener('click', () => press(made.item));
    say(made, wording);
  }
  made.item = item;
  made.setAttribute('aria-label', name);
}
