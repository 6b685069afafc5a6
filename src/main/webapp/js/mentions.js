/** Finds who mentions the reader in the rooms that are not on the page: the server looks through what is new there. */
import { mentions } from './markup.js';

const FEW = 5;
/** Who left a room long ago is not told of everything since. */
const FURTHEST = 500;

export class Mentions {
  #search;
  #me;
  #found;
  #looked = new Map(); // room → {epoch, position} up to which it was looked through
  #run = 0;

  /** @param search ({room, text, after, before, limit}) => {messages}; me () => {id, name}; found (room, message dict) */
  constructor({ search, me, found }) {
    this.#search = search;
    this.#me = me;
    this.#found = found;
  }

  /** @param rooms those with something unread, as {room, epoch, position, from: the last position read} */
  async look(rooms) {
    const run = ++this.#run;
    const { id, name } = this.#me();
    if (name === '') return;
    for (const { room, epoch, position, from } of rooms) {
      const after = Math.max(from, this.#lookedTo(room, epoch), position - FURTHEST);
      if (position <= after) continue;
      const { messages } = await this.#search({ room, text: `@${name}`, after, before: position + 1, limit: FEW });
      if (run !== this.#run) return;
      this.#looked.set(room, { epoch, position });
      const newest = messages.findLast(({ author, text }) => author.id !== id && mentions(text ?? '', name));
      if (newest) this.#found(room, newest);
    }
  }

  /** Where a log was started anew, the positions of the old one say nothing. */
  #lookedTo(room, epoch) {
    const looked = this.#looked.get(room);
    return looked?.epoch === epoch ? looked.position : 0;
  }
}
