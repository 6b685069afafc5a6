/** A table that reuses its row elements, so that focus and selection survive updates. */
import { clock, setText } from '../i18n.js';
import { make } from '../elements.js';

export class Table {
  #body;
  #key;
  #columns;
  #rows = new Map();
  #empty;

  /**
   * @param key (item) => its identity
   * @param columns each (cell, item) => the value of the cell: a text, a number, a Date, {key, …values}, or undefined
   *   if it has filled the cell itself; the first is the row header
   */
  constructor(table, key, columns) {
    this.#body = table.tBodies[0];
    this.#key = key;
    this.#columns = columns;
    this.#empty = make('tr', { class: 'empty' }, make('td', { colSpan: columns.length }));
    setText(this.#empty.firstChild, 'admin.none');
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
    setText(cell, value.key, value);
  } else {
    delete cell.dataset.i18n;
    const text = typeof value === 'number' ? value.toLocaleString(document.documentElement.lang) : (value ?? '–');
    if (cell.textContent !== text) cell.textContent = text;
  }
}

/** Shows a user by id and, if known, name. */
export function showUser(cell, { name, author }) {
  const shown = `${name} ${author}`;
  if (cell.dataset.author === shown) return;
  cell.dataset.author = shown;
  cell.replaceChildren(...(name ? [make('bdi', { textContent: name })] : []), make('span', { class: 'id', textContent: author }));
}

/** A button in a cell, created once. @param press (current item of the row) */
export function button(cell, item, key, name, press) {
  let made = cell.querySelector('button');
  if (!made) {
    made = cell.appendChild(make('button', { type: 'button' }));
    made.addEventListener('click', () => press(made.item));
    setText(made, key);
  }
  made.item = item;
  made.setAttribute('aria-label', name);
}
