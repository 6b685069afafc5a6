/** Scroll position in the log, with jumps to the latest, the first unread or any message. */
import { setText } from './i18n.js';

export class Navigation {
  #list;
  #room;
  #notice;
  #arrived;
  #button;
  #newer = 0;
  #unread;
  #reached = null; // first unread position that was visible
  #left = new Map(); // room → scroll position when left, null at the end
  #back = null;

  /**
   * @param button jumps to the latest; unread jumps to the first unread; list the MessageList; room () => the current Room; notice the Notice;
   *   arrived() when the end was reached
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

  /** Stores the scroll position before leaving the room. */
  leave() {
    const { name, log } = this.#room();
    const place = this.#list.place;
    this.#left.set(name, place && { ...place, epoch: log.epoch });
  }

  /** The room or its window was replaced. */
  reset() {
    this.#back = this.#left.get(this.#room().name);
    this.#reached = null;
    this.#count(0);
  }

  /** Restores the scroll position after entering the room. */
  async comeBack() {
    const back = this.#back;
    const room = this.#room();
    this.#back = null;
    if (back?.epoch !== room.log.epoch) return;
    await room.show(back.position).catch(() => {}); // connection lost: stay at the end
    if (room === this.#room()) this.#list.returnTo(back);
  }

  /** New messages arrived below the viewport. */
  came(count = 1) {
    this.#count(this.#newer + count);
  }

  /** The list was scrolled. */
  moved() {
    const arrived = this.#list.atEnd && this.#room().log.atTail;
    this.#count(arrived ? 0 : this.#newer);
    this.#showUnread();
    if (arrived) this.#arrived();
  }

  async toEnd() {
    await this.#room().toEnd().catch(() => {}); // connection lost: shown elsewhere
    this.#list.toEnd();
    this.#count(0);
    this.#arrived();
  }

  /** Jumps to a message by id; loads earlier messages until it is found. */
  async jumpTo(id) {
    const room = this.#room();
    if (!room.log.get(id)) {
      this.#notice.show('notice.searching');
      for (let first; !room.log.get(id) && !room.log.startReached && first !== room.log.first; ) {
        first = room.log.first;
        await room.older().catch(() => {}); // as above: the loop ends
      }
      this.#notice.hide();
    }
    this.#list.reveal(id);
  }

  /** Jumps to a message by position. */
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

  /** Shows the button until the first unread message was visible. */
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
    if (side === -1) setText(this.#unread, 'unread.jump', { count });
  }

  #count(count) {
    this.#newer = count;
    this.#button.hidden = this.#list.atEnd && this.#room().log.atTail;
    if (count > 0) setText(this.#button, 'newer', { count });
    else setText(this.#button, 'newer.end');
  }
}
