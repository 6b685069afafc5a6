/**
 * What comes within one frame, handed on together: hundreds of messages a second cost no more layouts than the screen
 * has frames. A page that is not seen has no frames; there a timer serves.
 */
const UNSEEN_MS = 250;

export class FrameBatch {
  #take;
  #items = [];
  #frame = null;
  #timer = null;

  /** @param take (items) is called with one item at least */
  constructor(take) {
    this.#take = take;
  }

  add(items) {
    this.#items.push(...items);
    if (this.#frame !== null) return;
    this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), UNSEEN_MS);
  }

  /** Hands on at once what has come so far. */
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
