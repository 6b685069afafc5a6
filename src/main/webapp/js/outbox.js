/**
 * What this page says, from the form to the moment the room repeats it. While there is no connection, it waits; on the
 * wire it goes one after another, each only when the browser's buffer is nearly empty. An item is
 * {id, data, size, state}: data is a string or an ArrayBuffer, state one of waiting, sending, said, unsure.
 * Events: 'item' (detail: the item whose state changed), 'progress' (detail: {done, total} in bytes).
 */
export const LOW_WATER_BYTES = 16 * 1024;
export const MAX_ITEMS = 100;
export const MAX_BYTES = 32 * 1024 * 1024;
const POLL_MS = 100;
const ECHO_MS = 20_000;

export class Outbox extends EventTarget {
  #line;
  #items = [];
  #nextId = 1;
  #submitted = 0;
  #poll = null;
  #heardAt = 0;

  /** @param line readyState, bufferedAmount and send(data): a Connection or a WebSocket */
  constructor(line) {
    super();
    this.#line = line;
  }

  /** How many items have not been repeated by the room yet. */
  get length() {
    return this.#items.length;
  }

  /** Takes data to be said; null when too much is waiting. */
  add(data) {
    const size = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
    const held = this.#items.reduce((sum, item) => sum + item.size, 0);
    if (this.#items.length >= MAX_ITEMS || held + size > MAX_BYTES) return null;
    const item = { id: this.#nextId++, data, size, state: 'waiting' };
    this.#items.push(item);
    this.#tell(item);
    this.pump();
    return item;
  }

  /** Sends what may be sent now. Call it when a connection opens. */
  pump() {
    while (this.#line.readyState === WebSocket.OPEN && this.#line.bufferedAmount <= LOW_WATER_BYTES) {
      const item = this.#items.find(each => each.state === 'waiting');
      if (!item) break;
      this.#line.send(item.data);
      this.#submitted += item.size;
      item.sentAt = Date.now();
      this.#become(item, 'sending');
    }
    this.#measure();
  }

  /** The item that the room has just repeated, now said and out of here; null if it is somebody else's. */
  repeated(data) {
    this.#heardAt = Date.now();
    const item = this.#items.find(each => each.state === 'sending' && same(each.data, data));
    if (!item) return null;
    this.remove(item);
    this.#become(item, 'said');
    return item;
  }

  /** The connection is gone: nobody knows whether what was on its way has been heard. */
  lost() {
    this.#submitted = 0;
    for (const item of this.#items) if (item.state === 'sending') this.#become(item, 'unsure');
    this.#measure();
  }

  /** Says an unsure item again. */
  again(item) {
    this.#become(item, 'waiting');
    this.pump();
  }

  remove(item) {
    this.#items = this.#items.filter(each => each !== item);
  }

  /** Whether something was sent so long ago, with silence since, that the connection must be dead. */
  get unanswered() {
    const now = Date.now();
    return this.#items.some(item => item.state === 'sending' && now - item.sentAt > ECHO_MS && this.#heardAt < item.sentAt);
  }

  #measure() {
    const left = this.#line.readyState === WebSocket.OPEN ? this.#line.bufferedAmount : 0;
    if (left === 0) this.#submitted = 0;
    const waiting = this.#line.readyState === WebSocket.OPEN ? this.#bytesWaiting() : 0;
    const total = this.#submitted + waiting;
    this.dispatchEvent(new CustomEvent('progress', { detail: { done: Math.max(0, this.#submitted - left), total } }));
    clearTimeout(this.#poll);
    this.#poll = total > 0 ? setTimeout(() => this.pump(), POLL_MS) : null;
  }

  #bytesWaiting() {
    return this.#items.reduce((sum, item) => sum + (item.state === 'waiting' ? item.size : 0), 0);
  }

  #become(item, state) {
    item.state = state;
    this.#tell(item);
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent('item', { detail: item }));
  }
}

function same(ours, theirs) {
  if (typeof ours === 'string' || typeof theirs === 'string') return ours === theirs;
  if (ours.byteLength !== theirs.byteLength) return false;
  const a = new Uint8Array(ours);
  const b = new Uint8Array(theirs);
  return a.every((byte, index) => byte === b[index]);
}
