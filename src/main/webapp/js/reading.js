/** Read position: reported to the server, stored, and drawn as the unread line. */
import { ConnectionLostException } from './requests.js';

const REPORT_MS = 1500;
/** Limits the writes to storage and the updates of the room list in busy rooms. */
const MARK_MS = 1000;

export class Reading {
  #session;
  #rooms;
  #list;
  #room;
  #unreported = new Set();
  #timer = null;
  #next = null; // {name, upTo}: read, not stored yet
  #marking = null;

  /** @param rooms the RoomList; list the MessageList; room () => the current Room; signal removes the listeners */
  constructor({ session, rooms, list, room, signal }) {
    this.#session = session;
    this.#rooms = rooms;
    this.#list = list;
    this.#room = room;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.draw() : this.look()), { signal });
    addEventListener('focus', () => this.look(), { signal });
    addEventListener('pagehide', () => this.#mark(), { signal });
    session.addEventListener('open', () => this.#report());
  }

  /** Draws the unread line after the read position. */
  draw() {
    this.#mark();
    const { name, log } = this.#room();
    const read = this.#rooms.readIn(name);
    this.#list.markUnread(read?.epoch === log.epoch ? read.position : Infinity);
  }

  /** Updates the read position if the end is visible. */
  look() {
    const { name, log } = this.#room();
    if (document.hidden || !document.hasFocus() || !this.#list.atEnd || !log.atTail || log.epoch === null) return;
    if (this.#next !== null && this.#next.name !== name) this.#mark();
    this.#next = { name, upTo: { epoch: log.epoch, position: log.tail } };
    if (this.#marking === null) this.#markNow();
  }

  #markNow() {
    this.#mark();
    this.#marking = setTimeout(() => {
      this.#marking = null;
      if (this.#next !== null) this.#markNow();
    }, MARK_MS);
  }

  #mark() {
    const next = this.#next;
    this.#next = null;
    if (next === null || !this.#rooms.markRead(next.name, next.upTo)) return;
    this.#unreported.add(next.name);
    this.#timer ??= setTimeout(() => this.#report(), REPORT_MS);
  }

  /** Unreported positions are reported over the next connection. */
  #report() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#session.isOpen) return;
    const names = [...this.#unreported];
    this.#unreported.clear();
    for (const name of names) {
      const read = this.#rooms.readIn(name);
      if (read) this.#session.call('veche.read', { room: name, ...read }).catch(failure => failure instanceof ConnectionLostException && this.#unreported.add(name));
    }
  }
}
