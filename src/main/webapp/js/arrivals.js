/** Brings messages into the list as they come: what is loaded at once, what others just said once a frame. */
import { FrameBatch } from './frame-batch.js';

export class Arrivals {
  #list;
  #room;
  #came;
  #shown;
  #live = new FrameBatch(messages => this.#addLive(messages));

  /**
   * @param list the MessageList; room () => the Room on the page; came(count) for what lies below a reader who is not at
   *   the end; shown() after the list has grown
   */
  constructor({ list, room, came, shown }) {
    this.#list = list;
    this.#room = room;
    this.#came = came;
    this.#shown = shown;
  }

  /** The window is another one. */
  clear() {
    this.#live.clear();
    this.#list.clear();
  }

  /** @param detail as Room's 'added' has it */
  take({ messages, end, live }) {
    if (live) return this.#live.add(messages);
    this.#live.flush(); // what is loaded must find the end that it belongs to
    this.#add(messages, end);
  }

  /** What would leave the window at once never enters it. */
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
