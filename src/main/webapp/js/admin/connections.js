/** Open and recently closed connections. */
import { bytes, setText, translate } from '../i18n.js';
import { button, showUser, Table } from './table.js';

/** A client is slow if its queue has stalled for this long or holds this much. */
const SLOW_MS = 1000;
const SLOW_BYTES = 64 * 1024;
const MAX_NAMES = 5000;

export const isSlow = ({ stalledMs, pendingBytes }) => stalledMs >= SLOW_MS || pendingBytes >= SLOW_BYTES;

export class Connections {
  #table;
  #gone;
  #filter = document.getElementById('filter');
  #slowOnly = document.getElementById('slow-only');
  #shown = document.getElementById('connections-shown');
  #all = [];
  #names = new Map();
  #count = 0;

  /** @param moderate (author {id, name, address}, rooms) */
  constructor(moderate) {
    this.#table = new Table(document.getElementById('connections'), ({ id }) => id, [
      showUser,
      (_, { dialect }) => dialect,
      (_, { rooms }) => rooms.join(', ') || '–',
      (_, { address }) => address,
      (_, { since }) => new Date(since),
      (_, { receivedMessages }) => receivedMessages,
      (cell, { sentMessages, sentBytes }) => {
        cell.title = translate(bytes(sentBytes).key, bytes(sentBytes));
        return sentMessages;
      },
      waits,
      (cell, item) => button(cell, item, 'admin.do', translate('admin.moderate', { name: item.name }), ({ author, name, rooms, address }) =>
        moderate({ id: author, name, address }, rooms)),
    ]);
    this.#gone = new Table(document.getElementById('gone'), ({ id }) => id, [
      showUser,
      (_, { dialect }) => dialect,
      (_, { at }) => new Date(at),
      (_, { code }) => (code ? String(code) : '–'),
      (_, { reason }) => reason || '–',
    ]);
    this.#filter.addEventListener('input', () => this.#show());
    this.#slowOnly.addEventListener('change', () => this.#show());
  }

  take({ connections, gone, counters }) {
    this.#all = connections;
    for (const { author, name } of [...gone, ...connections]) this.#remember(author, name);
    this.#count = counters.connections;
    this.#show();
    this.#gone.show(gone);
  }

  /** The last known name of an author, or undefined. */
  nameOf(author) {
    return this.#names.get(author);
  }

  #remember(author, name) {
    this.#names.delete(author);
    this.#names.set(author, name);
    if (this.#names.size > MAX_NAMES) this.#names.delete(this.#names.keys().next().value);
  }

  #show() {
    const wanted = this.#filter.value.trim().toLowerCase();
    const shown = this.#all.filter(connection => (!this.#slowOnly.checked || isSlow(connection)) && matches(connection, wanted));
    this.#table.show(shown);
    setText(this.#shown, 'admin.connections.shown', { shown: shown.length, all: this.#count });
  }
}

function matches({ name, author, rooms, address, dialect }, wanted) {
  return [name, author, address, dialect, ...rooms].some(text => text.toLowerCase().includes(wanted));
}

function waits(cell, connection) {
  cell.classList.toggle('slow', isSlow(connection));
  const size = bytes(connection.pendingBytes);
  return connection.stalledMs < SLOW_MS
    ? size
    : { key: 'admin.stalled', size, seconds: Math.round(connection.stalledMs / 1000) };
}
