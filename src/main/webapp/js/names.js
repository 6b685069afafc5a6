/**
 * Names that can be mentioned: of present users and of authors. The longest match wins, so that "@Anna Petrova" is not
 * "@Anna". A trie, so that the cost does not depend on the number of names.
 */
const END = Symbol('end of name');
const LETTER_BEFORE = /[\p{L}\p{N}_]$/u;
const LETTER_AFTER = /^[\p{L}\p{M}\p{N}_]/u;
const PAIR = 2; // a code point has two units at most

export class Names {
  #letters = new Map();
  #written = new Map(); // as folded → as written

  /** Returns whether the name is new. */
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

  /** In their original spelling. */
  get all() {
    return [...this.#written.values()];
  }

  has(name) {
    return this.#written.has(fold(name));
  }

  /** The mention at the @ at an index of a text, as spelled there, or null. */
  mentionAt(text, at) {
    if (LETTER_BEFORE.test(text.slice(Math.max(0, at - PAIR), at))) return null;
    let end = 0;
    let letters = this.#letters;
    for (let next = at + 1; letters !== undefined && next <= text.length; ) {
      if (letters.has(END) && !LETTER_AFTER.test(text.slice(next, next + PAIR))) end = next;
      if (next === text.length) break;
      const letter = String.fromCodePoint(text.codePointAt(next));
      letters = letters.get(fold(letter));
      next += letter.length;
    }
    return end === 0 ? null : text.slice(at + 1, end);
  }
}

/** Names are case-insensitive. */
export const fold = name => name.toLowerCase();
