/** How far the reader has read: told to the server, remembered here, and drawn as a line before what is new. */
const TELL_MS = 1500;

export class Reading {
  #session;
  #rooms;
  #list;
  #room;
  #timer = null;

  /** @param rooms the RoomList; list the MessageList; room () => the Room on the page; signal ends the watching */
  constructor({ session, rooms, list, room, signal }) {
    this.#session = session;
    this.#rooms = rooms;
    this.#list = list;
    this.#room = room;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.draw() : this.look()), { signal });
    addEventListener('focus', () => this.look(), { signal });
  }

  /** Draws the line behind what has been read so far, if something new lies behind that. */
  draw() {
    const { name, log } = this.#room();
    const read = this.#rooms.readIn(name);
    this.#list.markUnread(read?.epoch === log.epoch ? read.position : Infinity);
  }

  /** The reader may have read to the end now. */
  look() {
    const { name, log } = this.#room();
    if (document.hidden || !document.hasFocus() || !this.#list.atEnd || !log.atTail || log.epoch === null) return;
    const upTo = { epoch: log.epoch, position: log.tail };
    if (!this.#rooms.markRead(name, upTo)) return;
    this.#timer ??= setTimeout(() => this.#tell(), TELL_MS);
  }

  #tell() {
    this.#timer = null;
    const { name } = this.#room();
    const read = this.#rooms.readIn(name);
    if (read && this.#session.isOpen) this.#session.call('veche.read', { room: name, ...read }).catch(() => {}); // told again with the next message
  }
}
