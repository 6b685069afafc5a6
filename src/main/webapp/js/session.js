/**
 * A reconnecting WAMP session: with backoff and jitter, within the server's window, at once when the device wakes.
 * Events: 'state' (readyState changed), 'open' (detail: WELCOME's details), 'close' (detail: code, reason, uri, sanction:
 * the moderator's, opened, left, offline, retryAt: performance.now() in ms or null).
 */
import { delayAfter } from './backoff.js';
import { returns } from './close-codes.js';
import { Fallback } from './fallback.js';
import { KeepAlive } from './keep-alive.js';
import { ConnectionLostException, Requests } from './requests.js';
import { wampClient } from './wamp.js';

const HANDSHAKE_MS = 15_000;
/** A connection that lasts this long resets the backoff. */
const STABLE_MS = 10_000;
/** Timeout of a call, after which the connection is considered dead. */
const CALL_MS = 20_000;
/** Time for the server to close after its GOODBYE. */
const GOODBYE_MS = 3000;
/** Overlap of a replaced connection with the next one, so that the user stays present. */
const HANDOVER_MS = 2000;
const GOODBYE = 6;

export class Session extends EventTarget {
  #options = null;
  #wampy = null;
  #socket = null;
  #former = null; // the socket being replaced
  #requests = new Requests();
  #readyState = WebSocket.CLOSED;
  #attempt = 0;
  #generation = 0;
  #openedAt = null;
  #left = false;
  #goodbye = null;
  #retryTimer = null;
  #handshakeTimer = null;
  #keepAlive;
  #fallback = new Fallback();

  /** @param signal aborted when the session is no longer needed */
  constructor(signal) {
    super();
    addEventListener('online', () => this.wake(), { signal });
    addEventListener('pageshow', event => event.persisted && this.wake(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.wake(), { signal });
    addEventListener('offline', () => this.#offline(), { signal });
    this.#keepAlive = new KeepAlive({
      ask: () => this.call('veche.whoami', {}, null).catch(() => {}), // an error is an answer too
      dead: () => this.#abandon(),
      woke: () => (this.isOpen || !document.hidden) && this.wake(),
    }, signal);
    signal.addEventListener('abort', () => this.leave());
  }

  /** As a WebSocket's; OPEN after WELCOME. */
  get readyState() {
    return this.#readyState;
  }

  get isOpen() {
    return this.#readyState === WebSocket.OPEN;
  }

  /** Bytes queued in the browser. */
  get bufferedAmount() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Replaces the connection without leaving its rooms in between. @param options of wampClient: url, realm, token, secret */
  open(options) {
    const former = this.isOpen ? this.#socket : null;
    if (former) this.#socket = null;
    this.#release();
    this.#former = former;
    this.#options = options;
    this.#attempt = 0;
    this.#left = false;
    this.#connect();
    this.#requests.giveUp();
  }

  /** Replaces the token for later connections, and on the open one without closing it. Rejects if the server refuses. */
  async renew(token) {
    this.#options = { ...this.#options, token };
    if (this.isOpen) await this.call('veche.refresh', { token });
  }

  /** Connects at once unless already open or connecting. */
  retry() {
    if (this.#options === null || this.#readyState !== WebSocket.CLOSED) return;
    this.#left = false;
    this.#connect();
  }

  /** Closes and does not reconnect. */
  leave() {
    this.#left = true;
    this.#release();
    this.#closed(1000, '');
  }

  /** The device woke: reconnects at once or probes the open connection. */
  wake() {
    if (this.#retryTimer !== null) this.retry();
    else this.#keepAlive.probe();
  }

  /**
   * Calls a procedure with keyword arguments and returns its first result. Rejects with the router's error, which has
   * an errorUri, or with a ConnectionLostException. @param timeout in ms, or null
   */
  async call(procedure, kwargs = {}, timeout = CALL_MS) {
    if (!this.isOpen) throw new ConnectionLostException();
    const socket = this.#socket;
    const deadline = timeout && setTimeout(() => socket === this.#socket && socket.bufferedAmount === 0 && this.#abandon(), timeout);
    try {
      const { argsList } = await this.#requests.settle(this.#wampy.call(procedure, { argsList: [], argsDict: kwargs }));
      return argsList?.[0];
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Subscribes; listener gets {details, argsList, argsDict}. Returns the unsubscribe function. */
  async subscribe(topic, listener, options = {}) {
    if (!this.isOpen) throw new ConnectionLostException();
    const wampy = this.#wampy;
    const { subscriptionKey } = await this.#requests.settle(wampy.subscribe(topic, listener, options));
    return () => {
      // Wampy 8.0.2 looks up the subscription without its options on UNSUBSCRIBED.
      const known = wampy._subscriptionsByKey;
      known.set(topic, known.get(subscriptionKey));
      known.delete(subscriptionKey);
      return this.#requests.settle(wampy.unsubscribe(topic, listener)).catch(() => {}); // connection lost
    };
  }

  async #connect() {
    this.#stopRetrying();
    const generation = ++this.#generation;
    this.#openedAt = null;
    this.#goodbye = null;
    this.#change(WebSocket.CONNECTING);
    this.#handshakeTimer = setTimeout(() => this.#abandon(), HANDSHAKE_MS);
    try {
      const received = message => generation === this.#generation && this.#received(message);
      const overHttp = this.#fallback.overHttp;
      const base = overHttp ? (await import('./http-socket.js')).HttpSocket : WebSocket;
      const socketClass = this.#socketClass(base, generation, () => this.#fallback.opened(overHttp));
      const wampy = await wampClient({ ...this.#options, socketClass, received });
      if (generation !== this.#generation) return;
      this.#wampy = wampy;
      const welcome = await wampy.connect();
      if (generation === this.#generation) this.#welcomed(welcome);
    } catch (failure) {
      // A refusal is followed by the socket's close, unless no socket was created (no library, bad address).
      if (generation === this.#generation && this.#socket === null) this.#closed(1006, '');
      else if (failure.errorUri) this.#goodbye = [GOODBYE, failure.details ?? {}, failure.errorUri];
    }
  }

  /** Wampy hides its socket; a subclass gives access to bufferedAmount, codes and reasons. */
  #socketClass(base, generation, opened) {
    const session = this;
    return class extends base {
      constructor(url, protocols) {
        super(url, protocols);
        session.#socket = this;
        this.addEventListener('open', opened);
        this.addEventListener('close', ({ code, reason }) => {
          if (generation === session.#generation) session.#closed(code, reason);
        });
      }

      send(data) {
        session.#keepAlive.sent(data.byteLength ?? data.length);
        super.send(data);
      }

      close(...codeAndReason) {
        if (session.#goodbye === null || session.#socket !== this) super.close(...codeAndReason);
        else setTimeout(() => super.close(...codeAndReason), GOODBYE_MS);
      }
    };
  }

  #received(message) {
    this.#keepAlive.received();
    if (message[0] === GOODBYE) this.#goodbye = message;
  }

  #welcomed(welcome) {
    clearTimeout(this.#handshakeTimer);
    this.#openedAt = performance.now();
    const former = this.#former;
    this.#former = null;
    if (former) setTimeout(() => former.close(1000), HANDOVER_MS);
    this.#keepAlive.begin();
    this.#change(WebSocket.OPEN);
    this.dispatchEvent(new CustomEvent('open', { detail: welcome }));
  }

  #closed(code, reason, offline = false) {
    clearTimeout(this.#handshakeTimer);
    this.#dropFormer();
    this.#keepAlive.end();
    this.#generation++;
    const opened = this.#openedAt !== null;
    this.#fallback.closed();
    if (opened && performance.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#openedAt = this.#socket = this.#wampy = null;
    const [, details, uri] = this.#goodbye ?? [];
    const why = reason || details?.message || uri || '';
    const sanction = details?.sanction;
    const stays = this.#left || !returns(code) || isRefusal(uri);
    const retryAt = stays ? null : this.#retryLater(why);
    this.#change(WebSocket.CLOSED);
    this.#requests.giveUp(offline ? {} : { code, uri });
    this.dispatchEvent(new CustomEvent('close', { detail: { code, reason: why, uri, sanction, opened, left: this.#left, offline, retryAt } }));
  }

  #retryLater(reason) {
    const delay = delayAfter(reason, this.#attempt++);
    this.#retryTimer = setTimeout(() => this.#connect(), delay);
    return performance.now() + delay;
  }

  #stopRetrying() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  /** Abandons a dead connection, whose close event may take minutes. */
  #abandon(offline = false) {
    this.#release();
    this.#closed(1006, '', offline);
  }

  #offline() {
    if (this.#readyState !== WebSocket.CLOSED) this.#abandon(true);
  }

  #release() {
    this.#keepAlive.end();
    this.#stopRetrying();
    clearTimeout(this.#handshakeTimer);
    this.#generation++;
    this.#goodbye = null;
    this.#socket?.close(1000);
    this.#dropFormer();
  }

  #dropFormer() {
    this.#former?.close(1000);
    this.#former = null;
  }

  #change(readyState) {
    this.#readyState = readyState;
    this.dispatchEvent(new Event('state'));
  }
}

/** Whether the router refused this client, not just this connection (WAMP, "Predefined URIs"). */
function isRefusal(uri) {
  return uri !== undefined && (uri === 'wamp.close.killed' || /^wamp\.error\.(not_authorized|authorization|authentication|cannot_authenticate|no_such|no_auth|no_matching)/.test(uri));
}
