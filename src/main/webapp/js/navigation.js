/** Where the reader is in the log, with the ways to the newest, to the first unread, to any message and back. */
import { say } from './i18n.js';

export class Navigation {
  #list;
  #room;
  #notice;
  #arrived;
  #button;
  #newer = 0;
  #unread;
  #reached = null; // the first unread that the reader has seen lies behind this position
  #left = new Map(); // room → where the reader was when leaving it, unless that was the end
  #back = null;

  /**
   * @param button the way to the newest; unread the way to the first unread; list the MessageList; room () => the Room on the page; notice the Notice;
   *   arrived() is called where the reader may have read to the end
   */
  constructor({ button, unread, list, room, notice, arrived }) {
    this.#button = button;
    this.#list = list;
    this.#room = room;
    this.#notice = notice;
    this.#arrived = arrived;
    this.#unread = unread;
    button.addEventListener('click', () => this.toEnd());
    unread.addEventListener('click', () => this.#toFirstUnread());
  }

  /** The room on the page is about to be left. */
  leave() {
    const { name, log } = this.#room();
    const place = this.#list.place;
    this.#left.set(name, place && { ...place, epoch: log.epoch });
  }

  /** Another room, or its window anew. */
  reset() {
    this.#back = this.#left.get(this.#room().name);
    this.#reached = null;
    this.#count(0);
  }

  /** Once the room was entered: to where the reader left it. */
  async comeBack() {
    const back = this.#back;
    const room = this.#room();
    this.#back = null;
    if (back?.epoch !== room.log.epoch) return;
    await room.show(back.position).catch(() => {}); // a lost connection: the reader stays at the end
    if (room === this.#room()) this.#list.returnTo(back);
  }

  /** Something new lies below a reader who is not at the end. */
  came(count = 1) {
    this.#count(this.#newer + count);
  }

  /** The reader has scrolled. */
  moved() {
    const arrived = this.#list.atEnd && this.#room().log.atTail;
    this.#count(arrived ? 0 : this.#newer);
    this.#showUnread();
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

  async #toFirstUnread() {
    await this.#room().show(this.#list.unreadFrom + 1).catch(() => {}); // as above
    this.#list.revealUnread();
    this.moved();
  }

  /** Until the reader has seen the first unread, a button leads up there. */
  #showUnread() {
    const { log } = this.#room();
    const from = this.#list.unreadFrom;
    const count = log.tail - from;
    this.#unread.hidden = true;
    if (count <= 0 || this.#reached === from) return;
    const isLoaded = log.first <= from + 1 || log.startReached;
    const side = isLoaded ? this.#list.unreadSide : -1;
    if (side === 0 && !document.hidden) this.#reached = from;
    this.#unread.hidden = side !== -1;
    if (side === -1) say(this.#unread, 'unread.jump', { count });
  }

  #count(count) {
    this.#newer = count;
    this.#button.hidden = this.#list.atEnd && this.#room().log.atTail;
    if (count > 0) say(this.#button, 'newer', { count });
    else say(this.#button, 'newer.end');
  }
}
