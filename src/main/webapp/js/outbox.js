/**
 * What this page says, from the form to the server's acknowledgement. It is written down before it is sent, survives the
 * page, and carries a key by which the server knows it again (within 24 h): it is said once, however often it is sent.
 * An item is {key, room, procedure, text, data: Blob or null, target, at: ms since 1970, order, size, state, reason};
 * state is one of waiting, sending, acknowledged, failed, unsure. Events: 'item' (detail: the item whose state changed or
 * which is gone: state 'dropped'), 'progress' (detail: {done, total} in bytes).
 */
import { forget, keep, kept } from './vault.js';

export const MAX_ITEMS = 100;
export const MAX_BYTES = 32 * 1024 * 1024;
/** The server knows a key for 24 h; what is older might be said twice and is sent only when asked. */
export const SURE_MS = 23 * 60 * 60 * 1000;
const POLL_MS = 100;

export class Outbox extends EventTarget {
  #session;
  #items = [];
  #order = 0;
  #busy = false;
  #poll = null;

  /** @param session isOpen, bufferedAmount and call(procedure, kwargs, timeout) */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** What has not been acknowledged, oldest first. */
  get items() {
    return this.#items;
  }

  /** Takes up what an earlier page left behind. */
  async restore() {
    for (const item of await kept()) {
      if (this.#items.some(known => known.key === item.key)) continue;
      this.#items.push(item);
      const sure = Date.now() - item.at <= SURE_MS;
      this.#become(item, item.state === 'failed' ? 'failed' : sure ? 'waiting' : 'unsure');
    }
    this.pump();
  }

  /** Takes something to be said; null when too much is waiting. @param what {room, procedure, text, data, target} */
  add({ room, procedure = 'veche.send', text = null, data = null, target = null }) {
    const size = (text?.length ?? 0) + (data?.size ?? 0);
    const held = this.#items.reduce((sum, item) => sum + item.size, 0);
    if (this.#items.length >= MAX_ITEMS || held + size > MAX_BYTES) return null;
    const key = newKey();
    const item = { key, room, procedure, text, data, target, at: Date.now(), order: this.#order++, size, state: 'waiting', reason: null };
    this.#items.push(item);
    this.#tell(item);
    keep(item).then(() => this.pump());
    return item;
  }

  /** Sends what may be sent now, one after another so that the order holds. Call it when a session opens. */
  async pump() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let item; this.#session.isOpen && (item = this.#items.find(each => each.state === 'waiting')); ) await this.#send(item);
    } finally {
      this.#busy = false;
      this.#measure(null);
    }
  }

  async #send(item) {
    this.#become(item, 'sending');
    this.#measure(item);
    try {
      const data = item.data ? new Uint8Array(await item.data.arrayBuffer()) : undefined;
      const { room, key, text, target } = item;
      item.message = await this.#session.call(item.procedure, { room, key, text: text ?? undefined, target: target ?? undefined, data }, 60_000);
      this.remove(item, 'acknowledged');
    } catch (failure) {
      // No errorUri: the connection went before the answer came. The key makes it safe to send again.
      if (failure.errorUri === undefined && !this.#session.isOpen) this.#become(item, 'waiting');
      else this.#fail(item, failure);
    }
  }

  #fail(item, failure) {
    item.reason = failure.argsList?.[0] ?? failure.errorUri ?? failure.message;
    keep({ ...item, state: 'failed' });
    this.#become(item, 'failed');
  }

  /** Sends a failed or unsure item after all. */
  again(item) {
    item.at = Date.now();
    this.#become(item, 'waiting');
    this.pump();
  }

  /** Lets an item go. */
  remove(item, state = 'dropped') {
    this.#items = this.#items.filter(each => each !== item);
    forget(item.key);
    this.#become(item, state);
  }

  #measure(item) {
    clearTimeout(this.#poll);
    this.#poll = null;
    const total = item?.data?.size ?? 0;
    const done = total - Math.min(total, this.#session.bufferedAmount);
    this.dispatchEvent(new CustomEvent('progress', { detail: { done: item?.state === 'sending' ? done : total, total } }));
    if (total > 0) this.#poll = setTimeout(() => this.#measure(item.state === 'sending' ? item : null), POLL_MS);
  }

  #become(item, state) {
    item.state = state;
    this.#tell(item);
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent('item', { detail: item }));
  }
}

/** 128 random bits; crypto.randomUUID would need a secure context. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
