/**
 * One WebSocket that comes back. Events: 'state' (readyState changed), 'open', 'text' and 'binary' (detail: the
 * data), 'close' (detail: code, reason, opened, left, retryAt: ms since 1970 or null).
 */
import { delayAfter } from './backoff.js';
import { returns } from './close-codes.js';

const HANDSHAKE_MS = 15_000;
/** Only a connection that lasted this long is taken as a sign that the server is well again. */
const STABLE_MS = 10_000;

export class Connection extends EventTarget {
  #socket = null;
  #url = null;
  #attempt = 0;
  #openedAt = null;
  #left = false;
  #retryTimer = null;
  #handshakeTimer = null;

  get readyState() {
    return this.#socket?.readyState ?? WebSocket.CLOSED;
  }

  get bufferedAmount() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  get waitsToRetry() {
    return this.#retryTimer !== null;
  }

  /** Connects to the URL, in place of whatever was there. */
  open(url) {
    this.#release(1000);
    this.#url = url;
    this.#attempt = 0;
    this.#left = false;
    this.#connect();
  }

  /** Tries at once instead of waiting; nothing happens while a connection stands or is being made. */
  retry() {
    if (this.#url === null || this.readyState !== WebSocket.CLOSED) return;
    this.#left = false;
    this.#connect();
  }

  /** Leaves for good: closes with 1000 and stays away. */
  leave() {
    this.#left = true;
    if (this.readyState === WebSocket.CLOSED) {
      this.#stopRetrying();
      this.#closed({ code: 1000, reason: '' });
    } else {
      this.#socket.close(1000);
      this.#changed();
    }
  }

  /** Gives up a connection that looks open but is dead; its own close may take minutes. */
  abandon() {
    if (this.readyState !== WebSocket.OPEN) return;
    this.#release(1000);
    this.#closed({ code: 1006, reason: '' });
  }

  send(data) {
    this.#socket.send(data);
  }

  #connect() {
    this.#stopRetrying();
    this.#openedAt = null;
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = event => this.#closed(event);
    this.#socket = socket;
    this.#handshakeTimer = setTimeout(() => socket.close(), HANDSHAKE_MS);
    this.#changed();
  }

  #opened() {
    clearTimeout(this.#handshakeTimer);
    this.#openedAt = Date.now();
    this.#changed();
    this.dispatchEvent(new Event('open'));
  }

  #heard(data) {
    this.dispatchEvent(new CustomEvent(typeof data === 'string' ? 'text' : 'binary', { detail: data }));
  }

  #closed({ code, reason }) {
    clearTimeout(this.#handshakeTimer);
    const opened = this.#openedAt !== null;
    if (opened && Date.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#openedAt = null;
    const retryAt = this.#left || !returns(code) ? null : this.#retryLater(reason);
    this.#changed();
    this.dispatchEvent(new CustomEvent('close', { detail: { code, reason, opened, left: this.#left, retryAt } }));
  }

  #retryLater(reason) {
    const delay = delayAfter(reason, this.#attempt++);
    this.#retryTimer = setTimeout(() => this.#connect(), delay);
    return Date.now() + delay;
  }

  #stopRetrying() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #release(code) {
    this.#stopRetrying();
    clearTimeout(this.#handshakeTimer);
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  #changed() {
    this.dispatchEvent(new Event('state'));
  }
}
