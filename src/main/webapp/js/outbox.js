/**
 * Messages from the form to the server's acknowledgement. They are stored before they are sent, survive the page, and
 * carry an idempotency key (valid for 24 h), so that retries deliver them once.
 * An item is {key, room, procedure, text, name, data: Blob or null, target, at: ms since 1970, order, size, state, reason};
 * state is one of waiting, sending, acknowledged, failed, unsure; reason is text or {key, …values}; losses counts
 * the connections lost while sending it. Events: 'item' (detail: the changed item; removed ones have
 * the state 'dropped'), 'progress' (detail: {done, total} in bytes), 'muted' (detail: the mute that refused
 * an item).
 */
import { blames, mayBlame } from './close-codes.js';
import { closing, refusal } from './reasons.js';
import { ConnectionLostException } from './requests.js';
import { forget, keep, kept } from './vault.js';
import { wellFormed } from './well-formed.js';

export const MAX_ITEMS = 100;
export const MAX_BYTES = 32 * 1024 * 1024;
/** Limit of the server. */
const MAX_NAME = 255;
/** Keys are valid for 24 h; older items could be duplicated and are sent only on request. */
export const SURE_MS = 23 * 60 * 60 * 1000;
/** Connections lost while sending an item before it is regarded as the cause. */
export const MAX_LOSSES = 3;
const POLL_MS = 100;

export class Outbox extends EventTarget {
  #session;
  #items = [];
  #order = 0;
  #busy = false;
  #poll = null;
  #restoring = null;
  #due = new Map(); // room → when it accepts the next item, if it is in slow mode
  #removed = new Set(); // keys: the vault may still return removed items

  /** @param session isOpen, bufferedAmount and call(procedure, kwargs, timeout) */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** Unacknowledged items, oldest first. */
  get items() {
    return this.#items;
  }

  /** Restores the items of earlier pages; they are sent first. */
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

  /** Queues an item; returns null if the outbox is full. */
  add({ room, procedure = 'veche.send', text: raw = null, name = null, data = null, target = null }) {
    const text = wellFormed(raw);
    const size = (text?.length ?? 0) + (data?.size ?? 0);
    const held = this.#items.reduce((sum, item) => sum + item.size, 0);
    if (this.#items.length >= MAX_ITEMS || held + size > MAX_BYTES) return null;
    const key = newKey();
    const item = { key, room, procedure, text, name, data, target, at: Date.now(), order: this.#order++, size, state: 'waiting', reason: null, losses: 0 };
    this.#items.push(item);
    this.#notify(item);
    keep(item).then(() => this.pump());
    return item;
  }

  /** Sends waiting items one after another, in order. Call it when a session opens. */
  async pump() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#restoring;
      for (let item; this.#session.isOpen && (item = this.#items.find(each => each.state === 'waiting' && !(this.#due.get(each.room) > Date.now()))); ) await this.#send(item);
    } finally {
      this.#busy = false;
      this.#measure(null);
    }
  }

  async #send(item) {
    item.delayed = false;
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

  /** The key makes retries safe; an item that closes connections is marked as failed. */
  async #lost(item, end) {
    if (end.code !== undefined && mayBlame(end)) item.losses = (item.losses ?? 0) + 1;
    if (blames(end) || item.losses >= MAX_LOSSES) {
      return this.#fail(item, { key: 'item.ended', close: closing({ ...end, opened: true }) });
    }
    keep(item);
    this.#become(item, 'waiting');
  }

  async #refused(item, failure) {
    const { sanction, retry_ms: wait } = failure.argsDict ?? {};
    if (wait) return this.#delay(item, wait);
    await this.#fail(item, refusal(failure));
    if (sanction?.action === 'mute') this.dispatchEvent(new CustomEvent('muted', { detail: sanction }));
  }

  #delay(item, wait) {
    this.#due.set(item.room, Date.now() + wait);
    item.delayed = true;
    setTimeout(() => this.pump(), wait);
    this.#become(item, 'waiting');
  }

  /** Stored before it is shown: a reloaded page must not send it again. */
  async #fail(item, reason) {
    item.reason = reason;
    await keep({ ...item, state: 'failed' });
    this.#become(item, 'failed');
  }

  /** Retries a failed or unsure item. */
  again(item) {
    item.at = Date.now();
    item.losses = 0;
    this.#become(item, 'waiting');
    this.pump();
  }

  /** Removes an item. */
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
    this.#notify(item);
  }

  #notify(item) {
    this.dispatchEvent(new CustomEvent('item', { detail: item }));
  }
}

/** 128 random bits; crypto.randomUUID requires a secure context. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
