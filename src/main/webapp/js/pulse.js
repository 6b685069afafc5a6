/**
 * Whether the other end of a session still lives: it is asked after a silence, and at once when the device wakes, since a
 * browser by itself notices a dead path only after minutes.
 */
const TICK_MS = 1000;
const SILENT_MS = 8000;
const ANSWER_MS = 5000;
/** A slow path may carry one big message for longer than that: each session lost to silence makes the next more patient. */
const MAX_ANSWER_MS = 40_000;
/** The answer comes behind what was sent, at 128 kbit/s. */
const BYTES_PER_MS = 16;
const LATE_MS = 5000;

export class Pulse {
  #ask;
  #dead;
  #woke;
  #heardAt = null;
  #askedAt = null;
  #sent = 0;
  #patience = ANSWER_MS;
  #excused = false;
  #tickedAt = Date.now(); // performance.now() stands still in a sleeping device

  /** @param ask () asks the other end anything; dead () when no answer came; woke () when timers had stood still */
  constructor({ ask, dead, woke }, signal) {
    this.#ask = ask;
    this.#dead = dead;
    this.#woke = woke;
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(ticking));
  }

  begin() {
    this.#heardAt = performance.now();
    this.#answered();
  }

  end() {
    this.#heardAt = null;
  }

  /** A message has come. */
  heard() {
    if (this.#heardAt === null) return;
    if (this.#askedAt !== null) this.#patience = ANSWER_MS;
    this.begin();
  }

  sent(bytes) {
    this.#sent += bytes;
  }

  /** Asks now. */
  probe() {
    if (this.#heardAt === null || this.#askedAt !== null) return;
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
    if (this.#heardAt === null) return;
    const now = performance.now();
    if (this.#askedAt === null && now - this.#heardAt >= SILENT_MS) this.probe();
    else if (this.#askedAt !== null && now - this.#askedAt >= this.#patience + this.#sent / BYTES_PER_MS) this.#giveUp();
  }

  /** An answer that was due while the device slept is asked for once more; a hidden page's timers are always late. */
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
