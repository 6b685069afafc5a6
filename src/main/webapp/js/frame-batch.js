/**
 * Batches items per animation frame, so that hundreds of messages a second cost one layout per frame. A hidden page has
 * no frames; there a timer is used.
 */
const UNSEEN_MS = 250;

export class FrameBatch {
  #take;
  #items = [];
  #frame = null;
  #timer = null;

  /** @param take (items), never empty */
  constructor(take) {
    this.#take = take;
  }

  add(items) {
    this.#items.push(...items);
    if (this.#frame !== null) return;
    this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), UNSEEN_MS);
  }

  /** Delivers the pending items at once. */
  flush() {
    const items = this.#items;
    this.clear();
    if (items.length > 0) this.#take(items);
  }

  clear() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = this.#timer = null;
    this.#items = [];
  }
}
