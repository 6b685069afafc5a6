/** Where the reader is in the log: at its end or somewhere back, with the way to the newest and to any message. */
import { say } from './i18n.js';

export class Navigation {
  #list;
  #room;
  #notice;
  #arrived;
  #button;
  #newer = 0;

  /**
   * @param button the way to the newest; list the MessageList; room () => the Room on the page; notice the Notice;
   *   arrived() is called where the reader may have read to the end
   */
  constructor({ button, list, room, notice, arrived }) {
    this.#button = button;
    this.#list = list;
    this.#room = room;
    this.#notice = notice;
    this.#arrived = arrived;
    button.addEventListener('click', () => this.toEnd());
  }

  /** Another room, or its window anew. */
  reset() {
    this.#count(0);
  }

  /** Something new lies below a reader who is not at the end. */
  came(count = 1) {
    this.#count(this.#newer + count);
  }

  /** The reader has scrolled. */
  moved() {
    const arrived = this.#list.atEnd && this.#room().log.atTail;
    this.#count(arrived ? 0 : this.#newer);
    if (arrived) this.#arrived();
  }

  async toEnd() {
    await this.#room().toEnd().catch(() => {}); // a lost connection: the reader sees that already
    this.#list.toEnd();
    this.#count(0);
    this.#arrived();
  }

  /** To a message by its id; where it is not loaded, the log is read back until it appears. */
  async jumpTo(id) {
    const room = this.#room();
    if (!room.log.get(id)) {
      this.#notice.show('notice.searching');
      for (let first; !room.log.get(id) && !room.log.startReached && first !== room.log.first; ) {
        first = room.log.first;
        await room.older().catch(() => {}); // as above: nothing older came, and the loop ends
      }
      this.#notice.hide();
    }
    this.#list.reveal(id);
  }

  /** To a message whose position is known. */
  async goTo(position, id) {
    this.#notice.show('notice.searching');
    await this.#room().show(position).catch(() => {}); // as above
    this.#notice.hide();
    this.#list.reveal(id);
    this.moved();
  }

  #count(count) {
    this.#newer = count;
    this.#button.hidden = this.#list.atEnd && this.#room().log.atTail;
    if (count > 0) say(this.#button, 'newer', { count });
    else say(this.#button, 'newer.end');
  }
}
