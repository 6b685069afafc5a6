/**
 * Authors of a room by id: their current name, shown on old messages too, and a mark that distinguishes equal names, as
 * in "Anna #k3f9".
 */
import { guestsAreMarked } from './limits.js';
import { fold } from './names.js';

const GUEST = 'guest:';
const GUEST_MARK = -4;
const USER_MARK = 16;

/** Whether the author's name is unverified. */
export const isGuest = ({ id }) => id.startsWith(GUEST);

/** Whether readers are to be shown that the author's name is unverified. */
export const isMarked = author => isGuest(author) && guestsAreMarked();

export class Authors {
  #names = new Map();
  #bearers = new Map(); // folded name → ids

  /**
   * Adds authors and returns the ids of known authors whose label has changed.
   * @param current whether these are current names, not those of old messages
   */
  take(authors, current) {
    const changed = new Set();
    for (const { id, name } of authors) {
      const known = this.#names.get(id);
      if (known === name || (known !== undefined && !current)) continue;
      if (known !== undefined) {
        changed.add(id);
        this.#bearersOf(known).delete(id);
        if (this.#bearersOf(known).size === 1) changed.add([...this.#bearersOf(known)][0]);
      }
      if (this.#bearersOf(name).size === 1) changed.add([...this.#bearersOf(name)][0]);
      this.#names.set(id, name);
      this.#bearersOf(name).add(id);
    }
    return changed;
  }

  name({ id, name }) {
    return this.#names.get(id) ?? name;
  }

  /** Distinguishes an author from others of the same name; empty if there are none. */
  mark(author) {
    if ((this.#bearers.get(fold(this.name(author)))?.size ?? 0) < 2) return '';
    const own = author.id.slice(author.id.indexOf(':') + 1);
    return `#${isGuest(author) ? own.slice(GUEST_MARK) : own.slice(0, USER_MARK)}`;
  }

  /** Name and mark. */
  label(author) {
    return `${this.name(author)} ${this.mark(author)}`.trim();
  }

  #bearersOf(name) {
    const key = fold(name);
    if (!this.#bearers.has(key)) this.#bearers.set(key, new Set());
    return this.#bearers.get(key);
  }
}
