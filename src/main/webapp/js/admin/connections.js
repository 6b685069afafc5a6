/** The open connections, and those that have ended lately. */
import { bytes, say, words } from '../i18n.js';
import { button, Table, who } from './table.js';

/** A client that has not taken what it was given for so long, or for whom so much waits, is called slow. */
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

  /** @param moderate is told the author {id, name}, and the rooms */
  constructor(moderate) {
    this.#table = new Table(document.getElementById('connections'), ({ id }) => id, [
      who,
      (_, { dialect }) => dialect,
      (_, { rooms }) => rooms.join(', ') || '–',
      (_, { address }) => address,
      (_, { since }) => new Date(since),
      (_, { receivedMessages }) => receivedMessages,
      (cell, { sentMessages, sentBytes }) => {
        cell.title = words(bytes(sentBytes).key, bytes(sentBytes));
        return sentMessages;
      },
      waits,
      (cell, item) => button(cell, item, 'admin.do', words('admin.moderate', { name: item.name }), ({ author, name, rooms }) =>
        moderate({ id: author, name }, rooms)),
    ]);
    this.#gone = new Table(document.getElementById('gone'), ({ id }) => id, [
      who,
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

  /** How an author was last seen to call themselves; undefined for those not seen. */
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
    say(this.#shown, 'admin.connections.shown', { shown: shown.length, all: this.#count });
  }
}

function matches({ name, author, rooms, address, dialect }, wanted) {
  return [name, author, address, dialect, ...rooms].some(text => text.toLowerCase().includes(wanted));
}


function waits(cell, connection) {
  cell.classList.toggle('slow', isSlow(connection));
  const size = bytes(connection.pendingBytes);
  return connection.stalledMs < SLOW_MS
    ? { words: size.key, ...size }
    : { words: 'admin.stalled', size, seconds: Math.round(connection.stalledMs / 1000) };
}
