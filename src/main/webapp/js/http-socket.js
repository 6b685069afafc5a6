/**
 * A WebSocket's interface over HTTP, for networks whose proxies refuse WebSocket: frames arrive as server-sent events,
 * and each message is a request of its own, one after the other.
 */
export class HttpSocket extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  binaryType = 'arraybuffer';
  protocol = '';
  readyState = HttpSocket.CONNECTING;
  #events;
  #sending = null;
  #waiting = [];
  #address = null;

  /** @param url ws: or wss: address of the endpoint; protocols the first one is used */
  constructor(url, protocols) {
    super();
    this.url = url;
    const address = new URL(url);
    address.protocol = address.protocol.replace('ws', 'http');
    address.pathname = `${address.pathname.replace(/\/$/, '')}/http`;
    address.searchParams.set('subprotocol', [protocols].flat()[0]);
    this.#events = new EventSource(address, { withCredentials: true });
    this.#events.addEventListener('open', event => event.data && this.#opened(address, JSON.parse(event.data)));
    this.#events.addEventListener('message', event => this.#received(event.data));
    this.#events.addEventListener('binary', event => this.#received(bytes(event.data)));
    this.#events.addEventListener('close', event => this.#closed(JSON.parse(event.data)));
    this.#events.addEventListener('error', () => this.#closed({ code: 1006, reason: '' }));
  }

  get bufferedAmount() {
    return this.#waiting.reduce((sum, data) => sum + (data.byteLength ?? data.length), this.#sending?.size ?? 0);
  }

  send(data) {
    if (this.readyState === HttpSocket.CONNECTING) throw new DOMException('The connection is not open', 'InvalidStateError');
    if (this.readyState !== HttpSocket.OPEN) return;
    this.#waiting.push(data);
    if (!this.#sending) this.#sendWaiting();
  }

  close(code = 1000, reason = '') {
    if (this.readyState >= HttpSocket.CLOSING) return;
    this.readyState = HttpSocket.CLOSING;
    if (this.#address) fetch(this.#address, { method: 'DELETE', keepalive: true, credentials: 'include' }).catch(() => {}); // lost anyway
    this.#closed({ code, reason });
  }

  #opened(address, { connection, protocol }) {
    this.#address = new URL(address);
    this.#address.search = '';
    this.#address.searchParams.set('connection', connection);
    this.protocol = protocol;
    this.readyState = HttpSocket.OPEN;
    this.#fire(new Event('open'));
  }

  #received(data) {
    if (this.readyState === HttpSocket.OPEN) this.#fire(new MessageEvent('message', { data }));
  }

  async #sendWaiting() {
    while (this.#waiting.length > 0 && this.readyState === HttpSocket.OPEN) {
      const body = this.#waiting.shift();
      this.#sending = { size: body.byteLength ?? body.length };
      const type = typeof body === 'string' ? 'text/plain' : 'application/octet-stream';
      try {
        const response = await fetch(this.#address, { method: 'POST', body, headers: { 'Content-Type': type }, credentials: 'include' });
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
      } catch {
        // Whether the message arrived is unknown, as after the loss of a WebSocket.
        this.#closed({ code: 1006, reason: '' });
      }
    }
    this.#sending = null;
  }

  /** In a task of its own, since listeners of a new socket are added after its constructor. */
  #closed({ code, reason }) {
    if (this.readyState === HttpSocket.CLOSED) return;
    this.readyState = HttpSocket.CLOSED;
    this.#events.close();
    this.#waiting = [];
    setTimeout(() => this.#fire(new CloseEvent('close', { code, reason, wasClean: code !== 1006 })));
  }

  #fire(event) {
    this[`on${event.type}`]?.call(this, event);
    this.dispatchEvent(event);
  }
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0)).buffer;
}
