/** Decides whether a session connects by WebSocket or, as long as WebSocket has never worked on this page, by HTTP. */
const FAILURES = 2;

export class Fallback {
  #failures = 0;
  #opened = false;
  #works = false;

  /** Whether the next connection uses HTTP: after two failures in a row, every second attempt. */
  get overHttp() {
    return !this.#works && this.#failures >= FAILURES && this.#failures % 2 === 0;
  }

  /** A connection has opened, before any subprotocol. */
  opened(overHttp) {
    this.#opened = true;
    this.#works ||= !overHttp;
  }

  /** A connection has ended, or could not be opened. After one over HTTP is lost, the next one is over HTTP, too. */
  closed() {
    if (!this.#opened) this.#failures++;
    this.#opened = false;
  }
}
