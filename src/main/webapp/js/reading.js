/** How far the reader has read: told to the server, remembered here, and drawn as a line before what is new. */
import { ConnectionLostException } from './requests.js';

const TELL_MS = 1500;
/** A room may have a thousand messages a second; a mark is written to the disk and draws the list of rooms anew. */
const MARK_MS = 1000;

export class Reading {
  #session;
  #rooms;
  #list;
  #room;
  #untold = new Set();
  #timer = null;
  #next = null; // {name, upTo}: read, and not marked yet
  #marking = null;

  /** @param rooms the RoomList; list the MessageList; room () => the Room on the page; signal ends the watching */
  constructor({ session, rooms, list, room, signal }) {
    this.#session = session;
    this.#rooms = rooms;
    this.#list = list;
    this.#room = room;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.draw() : this.look()), { signal });
    addEventListener('focus', () => this.look(), { signal });
    addEventListener('pagehide', () => this.#mark(), { signal });
    session.addEventListener('open', () => this.#tell());
  }

  /** Draws the line behind what has been read so far, if something new lies behind that. */
  draw() {
    this.#mark();
    const { name, log } = this.#room();
    const read = this.#rooms.readIn(name);
    this.#list.markUnread(read?.epoch === log.epoch ? read.position : Infinity);
  }

  /** The reader may have read to the end now. */
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
    this.#untold.add(next.name);
    this.#timer ??= setTimeout(() => this.#tell(), TELL_MS);
  }

  /** What a connection takes with it untold is told over the next. */
  #tell() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#session.isOpen) return;
    const names = [...this.#untold];
    this.#untold.clear();
    for (const name of names) {
      const read = this.#rooms.readIn(name);
      if (read) this.#session.call('veche.read', { room: name, ...read }).catch(failure => failure instanceof ConnectionLostException && this.#untold.add(name));
    }
  }
}
