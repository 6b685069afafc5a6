/**
 * Detects dead connections: probes after a silence, and at once when the device wakes, since browsers notice a dead path
 * only after minutes.
 */
const TICK_MS = 1000;
const SILENT_MS = 8000;
const ANSWER_MS = 5000;
/** A big message may take longer on a slow path: each timeout doubles the next. */
const MAX_ANSWER_MS = 40_000;
/** Sent bytes delay the answer: 128 kbit/s. */
const BYTES_PER_MS = 16;
const LATE_MS = 5000;

export class KeepAlive {
  #ask;
  #dead;
  #woke;
  #receivedAt = null;
  #askedAt = null;
  #sent = 0;
  #patience = ANSWER_MS;
  #excused = false;
  #tickedAt = Date.now(); // performance.now() stops while the device sleeps

  /** @param ask () sends a probe; dead () without an answer; woke () after the device slept */
  constructor({ ask, dead, woke }, signal) {
    this.#ask = ask;
    this.#dead = dead;
    this.#woke = woke;
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(ticking));
  }

  begin() {
    this.#receivedAt = performance.now();
    this.#answered();
  }

  end() {
    this.#receivedAt = null;
  }

  /** A message was received. */
  received() {
    if (this.#receivedAt === null) return;
    if (this.#askedAt !== null) this.#patience = ANSWER_MS;
    this.begin();
  }

  sent(bytes) {
    this.#sent += bytes;
  }

  /** Sends a probe now. */
  probe() {
    if (this.#receivedAt === null || this.#askedAt !== null) return;
    this.#askedAt = performance.now();
    this.#ask();
  }

  #answered() {
    this.#askedAt = null;
    this.#sent = 0;
    this.#excused = false;
  }

  #tick() {
    const late = Date.now() - this.#tickedAt > LATE_MS;
    this.#tickedAt = Date.now();
    if (late) this.#wake();
    if (this.#receivedAt === null) return;
    const now = performance.now();
    if (this.#askedAt === null && now - this.#receivedAt >= SILENT_MS) this.probe();
    else if (this.#askedAt !== null && now - this.#askedAt >= this.#patience + this.#sent / BYTES_PER_MS) this.#giveUp();
  }

  /** Repeats once a probe that timed out while the device slept; timers of hidden pages are always late. */
  #wake() {
    if (!this.#excused) this.#askedAt = null;
    this.#excused = true;
    this.#woke();
  }

  #giveUp() {
    this.#patience = Math.min(2 * this.#patience, MAX_ANSWER_MS);
    this.#dead();
  }
}
