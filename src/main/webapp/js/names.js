/**
 * The names that a mention can mean: of those present and of those who have written. The longest one that fits is meant,
 * so that "@Anna Petrova" is not "@Anna". Found letter by letter, however many names there are.
 */
const END = Symbol('a name ends here');
const WORD_BEFORE = /[\p{L}\p{N}_]$/u;
const WORD_BEHIND = /^[\p{L}\p{M}\p{N}_]/u;
const PAIR = 2; // a code point has two units at most

export class Names {
  #letters = new Map();
  #written = new Map(); // as folded → as written

  /** Whether the name is a new one. */
  add(name) {
    const folded = fold(name);
    if (folded === '' || this.#written.has(folded)) return false;
    this.#written.set(folded, name);
    let letters = this.#letters;
    for (const letter of name) {
      const key = fold(letter);
      if (!letters.has(key)) letters.set(key, new Map());
      letters = letters.get(key);
    }
    letters.set(END, true);
    return true;
  }

  /** As they were first written. */
  get all() {
    return [...this.#written.values()];
  }

  has(name) {
    return this.#written.has(fold(name));
  }

  /** The mention that begins with the @ at a place of a text, as it is written there; or null. */
  mentionAt(text, at) {
    if (WORD_BEFORE.test(text.slice(Math.max(0, at - PAIR), at))) return null;
    let end = 0;
    let letters = this.#letters;
    for (let next = at + 1; letters !== undefined && next <= text.length; ) {
      if (letters.has(END) && !WORD_BEHIND.test(text.slice(next, next + PAIR))) end = next;
      if (next === text.length) break;
      const letter = String.fromCodePoint(text.codePointAt(next));
      letters = letters.get(fold(letter));
      next += letter.length;
    }
    return end === 0 ? null : text.slice(at + 1, end);
  }
}

/** Names that differ in case alone are one. */
export const fold = name => name.toLowerCase();
