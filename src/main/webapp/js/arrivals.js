/** Adds messages to the list: loaded ones at once, live ones once per frame. */
import { FrameBatch } from './frame-batch.js';

export class Arrivals {
  #list;
  #room;
  #came;
  #shown;
  #live = new FrameBatch(messages => this.#addLive(messages));

  /**
   * @param list the MessageList; room () => the current Room; came(count) for live messages while the list is not at
   *   its end; shown() after the list has grown
   */
  constructor({ list, room, came, shown }) {
    this.#list = list;
    this.#room = room;
    this.#came = came;
    this.#shown = shown;
  }

  /** The log window was replaced. */
  clear() {
    this.#live.clear();
    this.#list.clear();
  }

  /** @param detail of Room's 'added' */
  take({ messages, end, live }) {
    if (live) return this.#live.add(messages);
    this.#live.flush(); // loaded messages belong behind the pending live ones
    this.#add(messages, end);
  }

  /** Skips messages that the trim would remove at once. */
  #addLive(messages) {
    const room = this.#room();
    if (this.#list.atEnd) room.trimTop();
    const kept = messages.filter(({ id }) => room.log.get(id));
    if (kept.length > 0) this.#add(kept, 'last');
    if (!this.#list.atEnd) this.#came(messages.length);
  }

  #add(messages, end) {
    this.#list.add(messages, end);
    this.#shown();
  }
}
