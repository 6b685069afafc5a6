/**
 * A WAMP session that comes back: with backoff and jitter, inside the server's window, at once when the device wakes.
 * Events: 'state' (readyState changed), 'open' (detail: WELCOME's details), 'close' (detail: code, reason, uri, sanction:
 * the moderator's, opened, left, offline, retryAt: performance.now() in ms or null).
 */
import { delayAfter } from './backoff.js';
import { returns } from './close-codes.js';
import { Pulse } from './pulse.js';
import { ConnectionLostException, Requests } from './requests.js';
import { wampClient } from './wamp.js';

const HANDSHAKE_MS = 15_000;
/** Only a connection that lasted this long is taken as a sign that the server is well again. */
const STABLE_MS = 10_000;
/** A call without an answer for so long means a dead connection, whatever else comes. */
const CALL_MS = 20_000;
/** How long a server that said GOODBYE may take to close with its own code and reason. */
const FAREWELL_MS = 3000;
/** How long a connection that is replaced stays open after the next one is, so that this one enters its room meanwhile. */
const HANDOVER_MS = 2000;
const GOODBYE = 6;

export class Session extends EventTarget {
  #options = null;
  #wampy = null;
  #wire = null;
  #former = null; // the socket that is being replaced
  #requests = new Requests();
  #readyState = WebSocket.CLOSED;
  #attempt = 0;
  #generation = 0;
  #openedAt = null;
  #left = false;
  #goodbye = null;
  #retryTimer = null;
  #handshakeTimer = null;
  #pulse;

  /** @param signal aborted when nobody will want this session any more */
  constructor(signal) {
    super();
    addEventListener('online', () => this.wake(), { signal });
    addEventListener('pageshow', event => event.persisted && this.wake(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.wake(), { signal });
    addEventListener('offline', () => this.#offline(), { signal });
    this.#pulse = new Pulse({
      ask: () => this.call('veche.whoami', {}, null).catch(() => {}), // an error is an answer as well
      dead: () => this.#abandon(),
      woke: () => (this.isOpen || !document.hidden) && this.wake(),
    }, signal);
    signal.addEventListener('abort', () => this.leave());
  }

  /** As a WebSocket's; OPEN only once the router has said WELCOME. */
  get readyState() {
    return this.#readyState;
  }

  get isOpen() {
    return this.#readyState === WebSocket.OPEN;
  }

  /** Bytes that the browser still holds back, the network being slower. */
  get bufferedAmount() {
    return this.#wire?.bufferedAmount ?? 0;
  }

  /** Connects in place of whatever was there; others do not see the reader leave in between. @param options as wampClient's: url, realm, token, secret */
  open(options) {
    const former = this.isOpen ? this.#wire : null;
    if (former) this.#wire = null;
    this.#release();
    this.#former = former;
    this.#options = options;
    this.#attempt = 0;
    this.#left = false;
    this.#connect();
    this.#requests.giveUp();
  }

  /** Tries at once instead of waiting; nothing happens while a connection stands or is being made. */
  retry() {
    if (this.#options === null || this.#readyState !== WebSocket.CLOSED) return;
    this.#left = false;
    this.#connect();
  }

  /** Leaves for good: says goodbye, closes, stays away. */
  leave() {
    this.#left = true;
    this.#release();
    this.#closed(1000, '');
  }

  /** The device is back: tries at once, or asks an open connection whether it still lives. */
  wake() {
    if (this.#retryTimer !== null) this.retry();
    else this.#pulse.probe();
  }

  /**
   * Calls a procedure with keyword arguments and gives its first result. Rejects with the router's error, which has an
   * errorUri, or with a ConnectionLostException. @param timeout in ms, or null
   */
  async call(procedure, kwargs = {}, timeout = CALL_MS) {
    if (!this.isOpen) throw new ConnectionLostException();
    const wire = this.#wire;
    const deadline = timeout && setTimeout(() => wire === this.#wire && wire.bufferedAmount === 0 && this.#abandon(), timeout);
    try {
      const { argsList } = await this.#requests.settle(this.#wampy.call(procedure, { argsList: [], argsDict: kwargs }));
      return argsList?.[0];
    } finally {
      clearTimeout(deadline);
    }
  }

  /** Subscribes; listener gets {details, argsList, argsDict}. Gives what unsubscribes. */
  async subscribe(topic, listener, options = {}) {
    if (!this.isOpen) throw new ConnectionLostException();
    const wampy = this.#wampy;
    const { subscriptionKey } = await this.#requests.settle(wampy.subscribe(topic, listener, options));
    return () => {
      // Wampy 8.0.2, told UNSUBSCRIBED, looks for the subscription without its options: so that it finds it there.
      const known = wampy._subscriptionsByKey;
      known.set(topic, known.get(subscriptionKey));
      known.delete(subscriptionKey);
      return this.#requests.settle(wampy.unsubscribe(topic, listener)).catch(() => {}); // gone with its connection
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
      const heard = message => generation === this.#generation && this.#heard(message);
      const wampy = await wampClient({ ...this.#options, wire: this.#wireClass(generation), heard });
      if (generation !== this.#generation) return;
      this.#wampy = wampy;
      const welcome = await wampy.connect();
      if (generation === this.#generation) this.#welcomed(welcome);
    } catch (failure) {
      // A refusal is followed by the socket's close; without a socket (no library, bad address) nothing else follows.
      if (generation === this.#generation && this.#wire === null) this.#closed(1006, '');
      else if (failure.errorUri) this.#goodbye = [GOODBYE, failure.details ?? {}, failure.errorUri];
    }
  }

  /** Wampy keeps its socket to itself; a class of our own is how we see bufferedAmount, codes and reasons. */
  #wireClass(generation) {
    const session = this;
    return class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols);
        session.#wire = this;
        this.addEventListener('close', ({ code, reason }) => {
          if (generation === session.#generation) session.#closed(code, reason);
        });
      }

      send(data) {
        session.#pulse.sent(data.byteLength ?? data.length);
        super.send(data);
      }

      close(...codeAndReason) {
        if (session.#goodbye === null || session.#wire !== this) super.close(...codeAndReason);
        else setTimeout(() => super.close(...codeAndReason), FAREWELL_MS);
      }
    };
  }

  #heard(message) {
    this.#pulse.heard();
    if (message[0] === GOODBYE) this.#goodbye = message;
  }

  #welcomed(welcome) {
    clearTimeout(this.#handshakeTimer);
    this.#openedAt = performance.now();
    const former = this.#former;
    this.#former = null;
    if (former) setTimeout(() => former.close(1000), HANDOVER_MS);
    this.#pulse.begin();
    this.#change(WebSocket.OPEN);
    this.dispatchEvent(new CustomEvent('open', { detail: welcome }));
  }

  #closed(code, reason, offline = false) {
    clearTimeout(this.#handshakeTimer);
    this.#dropFormer();
    this.#pulse.end();
    this.#generation++;
    const opened = this.#openedAt !== null;
    if (opened && performance.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#openedAt = this.#wire = this.#wampy = null;
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

  /** Gives up a connection that looks open but is dead; its own close may take minutes. */
  #abandon(offline = false) {
    this.#release();
    this.#closed(1006, '', offline);
  }

  #offline() {
    if (this.#readyState !== WebSocket.CLOSED) this.#abandon(true);
  }

  #release() {
    this.#pulse.end();
    this.#stopRetrying();
    clearTimeout(this.#handshakeTimer);
    this.#generation++;
    this.#goodbye = null;
    this.#wire?.close(1000);
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

/** Whether the router refused or ended this client, not this connection (WAMP, "Predefined URIs"). */
function isRefusal(uri) {
  return uri !== undefined && (uri === 'wamp.close.killed' || /^wamp\.error\.(not_authorized|authorization|authentication|cannot_authenticate|no_such|no_auth|no_matching)/.test(uri));
}
