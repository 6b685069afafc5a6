/** Searches the unread messages of other rooms for mentions of the user. */
import { mentions, mentionsAmong } from './markup.js';
import { Names } from './names.js';

const FEW = 5;
/** Older messages are not searched. */
const FURTHEST = 500;

export class Mentions {
  #search;
  #members;
  #names;
  #me;
  #found;
  #looked = new Map(); // room → {epoch, position} searched so far
  #run = 0;

  /**
   * @param search ({room, text, after, before, limit}) => {messages}; members (room) => [{name}] of those present; names ()
   *   => the Names of the current room; me () => {id, name}; found (room, message dict)
   */
  constructor({ search, members, names, me, found }) {
    this.#search = search;
    this.#members = members;
    this.#names = names;
    this.#me = me;
    this.#found = found;
  }

  /** @param rooms with unread messages: {room, epoch, position, from: the last position read} */
  async look(rooms) {
    const run = ++this.#run;
    const { id, name } = this.#me();
    if (name === '') return;
    for (const { room, epoch, position, from } of rooms) {
      const after = Math.max(from, this.#lookedTo(room, epoch), position - FURTHEST);
      if (position <= after) continue;
      const { messages } = await this.#search({ room, text: `@${name}`, after, before: position + 1, limit: FEW });
      if (run !== this.#run) return;
      const likely = messages.filter(({ author, text }) => author.id !== id && mentions(text ?? '', name));
      const names = likely.length > 0 && (await this.#known(room, [name, ...messages.map(({ author }) => author.name)]));
      if (run !== this.#run) return;
      this.#looked.set(room, { epoch, position });
      const newest = likely.findLast(({ text }) => mentionsAmong(text, names, name));
      if (newest) this.#found(room, newest);
    }
  }

  /** The known names that can be mentioned there. */
  async #known(room, more) {
    const known = new Names();
    const members = await this.#members(room);
    [...this.#names().all, ...members.map(({ name }) => name), ...more].forEach(name => known.add(name));
    return known;
  }

  /** Positions of another epoch are void. */
  #lookedTo(room, epoch) {
    const looked = this.#looked.get(room);
    return looked?.epoch === epoch ? looked.position : 0;
  }
}
