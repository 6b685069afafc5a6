/**
 * What this page says, from the form to the server's acknowledgement. It is written down before it is sent, survives the
 * page, and carries a key by which the server knows it again (within 24 h): it is said once, however often it is sent.
 * An item is {key, room, procedure, text, name, data: Blob or null, target, at: ms since 1970, order, size, state, reason};
 * state is one of waiting, sending, acknowledged, failed, unsure; reason is text, or a key of words with its fillings;
 * losses counts the connections that went while it was on its way. Events: 'item' (detail: the item whose state changed or
 * which is gone: state 'dropped'), 'progress' (detail: {done, total} in bytes), 'muted' (detail: the mute by which the
 * server refused an item).
 */
import { blames, mayBlame } from './close-codes.js';
import { closing, refusal } from './reasons.js';
import { ConnectionLostException } from './requests.js';
import { forget, keep, kept } from './vault.js';
import { wellFormed } from './well-formed.js';

export const MAX_ITEMS = 100;
export const MAX_BYTES = 32 * 1024 * 1024;
/** The server refuses a longer file name. */
const MAX_NAME = 255;
/** The server knows a key for 24 h; what is older might be said twice and is sent only when asked. */
export const SURE_MS = 23 * 60 * 60 * 1000;
/** So many connections may go while the same item is on its way, before that item is taken for the reason. */
export const MAX_LOSSES = 3;
const POLL_MS = 100;

export class Outbox extends EventTarget {
  #session;
  #items = [];
  #order = 0;
  #busy = false;
  #poll = null;
  #restoring = null;
  #removed = new Set(); // keys: a reading of the vault may be older than a removal

  /** @param session isOpen, bufferedAmount and call(procedure, kwargs, timeout) */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** What has not been acknowledged, oldest first. */
  get items() {
    return this.#items;
  }

  /** Takes up what an earlier page left behind: nothing of this page goes out before it. */
  async restore() {
    this.#restoring = kept();
    for (const item of await this.#restoring) {
      if (this.#removed.has(item.key) || this.#items.some(known => known.key === item.key)) continue;
      this.#items.push(item);
      const sure = Date.now() - item.at <= SURE_MS;
      this.#become(item, item.state === 'failed' ? 'failed' : sure ? 'waiting' : 'unsure');
    }
    this.#items.sort((one, other) => one.at - other.at || one.order - other.order);
    this.pump();
  }

  /** Takes something to be said; null when too much is waiting. @param what {room, procedure, text, name, data, target} */
  add({ room, procedure = 'veche.send', text: written = null, name = null, data = null, target = null }) {
    const text = wellFormed(written);
    const size = (text?.length ?? 0) + (data?.size ?? 0);
    const held = this.#items.reduce((sum, item) => sum + item.size, 0);
    if (this.#items.length >= MAX_ITEMS || held + size > MAX_BYTES) return null;
    const key = newKey();
    const item = { key, room, procedure, text, name, data, target, at: Date.now(), order: this.#order++, size, state: 'waiting', reason: null, losses: 0 };
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
      await this.#restoring;
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
      const { room, key, text, name, target } = item;
      item.message = await this.#session.call(item.procedure, { room, key, text: text ?? undefined, name: name?.slice(0, MAX_NAME), target: target ?? undefined, data }, 60_000);
      this.remove(item, 'acknowledged');
    } catch (failure) {
      if (failure instanceof ConnectionLostException) await this.#lost(item, failure.end);
      else if (failure.errorUri === undefined && !this.#session.isOpen) await this.#lost(item, {});
      else await this.#refused(item, failure);
    }
  }

  /** The key makes it safe to send again; what ends each connection is set aside, so that it does not end them all. */
  async #lost(item, end) {
    if (end.code !== undefined && mayBlame(end)) item.losses = (item.losses ?? 0) + 1;
    if (blames(end) || item.losses >= MAX_LOSSES) {
      return this.#fail(item, { key: 'item.ended', close: closing({ ...end, opened: true }) });
    }
    keep(item);
    this.#become(item, 'waiting');
  }

  async #refused(item, failure) {
    await this.#fail(item, refusal(failure));
    const { sanction } = failure.argsDict ?? {};
    if (sanction?.action === 'mute') this.dispatchEvent(new CustomEvent('muted', { detail: sanction }));
  }

  /** Shown only when it is stored: a page that is closed then must not send it again. */
  async #fail(item, reason) {
    item.reason = reason;
    await keep({ ...item, state: 'failed' });
    this.#become(item, 'failed');
  }

  /** Sends a failed or unsure item after all. */
  again(item) {
    item.at = Date.now();
    item.losses = 0;
    this.#become(item, 'waiting');
    this.pump();
  }

  /** Lets an item go. */
  remove(item, state = 'dropped') {
    this.#removed.add(item.key);
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
