/**
 * The rooms, with what is unread in each. Polled, since following every room would bring every room's messages and files
 * to every reader; each room costs the server a read, so that many rooms are polled less often. Events: 'shown', 'unread'
 * (detail: the rooms that are not on the page and hold something unread, as {room, epoch, position, from}).
 */
import { make } from './elements.js';
import { label, say, short } from './i18n.js';
import { recall, remember } from './preferences.js';

const POLL_MS = 2000;
const POLL_ROOM_MS = 20;
const POLL_HIDDEN_MS = 10_000;
/** As many rooms as the server describes in one answer. */
const PAGE = 200;
const MAX_ROOMS = 1000;
/** The laboratory opens a new room with each of its pages. */
const UNLISTED = /^lab-/;
const { compare } = new Intl.Collator();

export class RoomList extends EventTarget {
  #session;
  #list;
  #current;
  #present;
  #go;
  #rooms = new Map(); // name → as the server describes it
  #visited = new Set(); // names, for the server's description may be older than a visit
  #mentions = new Map(); // room → {epoch, position} of the newest message that mentions the reader
  #items = new Map(); // room → {item, link, shown}
  #unread = 0;
  #timer = null;
  #ended = false;

  /** @param current () => the name of the room on the page; present () => how many are there; go(room) enters another; signal ends the polling */
  constructor({ session, list, current, present, go, signal }) {
    super();
    this.#session = session;
    this.#list = list;
    this.#current = current;
    this.#present = present;
    this.#go = go;
    list.addEventListener('keydown', event => this.#steer(event));
    document.addEventListener('visibilitychange', () => document.hidden || this.ask(), { signal });
    signal.addEventListener('abort', () => {
      this.#ended = true;
      clearTimeout(this.#timer);
    });
  }

  /** How many messages are unread in all rooms but the one on the page. */
  get unread() {
    return this.#unread;
  }

  /** How far this reader has read in a room: the server's word or our own memory of it. */
  readIn(room) {
    const kept = JSON.parse(recall(`read.${room}`) ?? 'null');
    const told = this.#rooms.get(room)?.read;
    if (!kept || (told && told.epoch !== kept.epoch)) return told ?? null;
    return told && told.position > kept.position ? told : kept;
  }

  /** Remembers how far this reader has read. */
  markRead(room, { epoch, position }) {
    const known = this.readIn(room);
    if (known?.epoch === epoch && known.position >= position) return false;
    remember(`read.${room}`, JSON.stringify({ epoch, position }));
    this.show();
    return true;
  }

  /** Somebody mentions the reader in that message. */
  markMention(room, { epoch, position }) {
    this.#mentions.set(room, { epoch, position });
    this.show();
  }

  /** Asks the server now, and again from time to time. */
  async ask() {
    clearTimeout(this.#timer);
    const rooms = this.#session.isOpen ? await this.#described().catch(() => null) : null; // asked again below
    if (rooms) {
      this.#rooms = new Map(rooms.map(each => [each.room, each]));
      this.#tellUnread(this.show());
    }
    clearTimeout(this.#timer);
    const least = document.hidden ? POLL_HIDDEN_MS : POLL_MS;
    if (!this.#ended) this.#timer = setTimeout(() => this.ask(), Math.max(least, this.#rooms.size * POLL_ROOM_MS));
  }

  /** @returns what is shown */
  show() {
    const current = this.#current();
    this.#visited.add(current);
    const rooms = this.#listed(current).map(each => this.#state(each, current));
    this.#items = new Map(rooms.map(({ room }) => [room, this.#items.get(room) ?? this.#item(room)]));
    rooms.forEach(state => this.#fill(this.#items.get(state.room), state));
    this.#place([...this.#items.values()].map(({ item }) => item));
    this.#unread = rooms.reduce((sum, { unread }) => sum + unread, 0);
    this.dispatchEvent(new Event('shown'));
    return rooms;
  }

  /** The room after (1) or before (-1) the current one in the list. */
  neighbour(step) {
    const names = [...this.#items.keys()];
    return names[(names.indexOf(this.#current()) + step + names.length) % names.length];
  }

  async #described() {
    const rooms = [];
    let page;
    do {
      page = await this.#session.call('veche.rooms', { detail: true, after: rooms.at(-1)?.room ?? '' });
      rooms.push(...page);
    } while (page.length === PAGE && rooms.length < MAX_ROOMS);
    return rooms;
  }

  /** Rooms with messages, and the one on the page: to open a room by a typing error must not list it for everybody. */
  #listed(current) {
    const visited = [...this.#visited].filter(room => !this.#rooms.has(room)).map(room => ({ room, ...this.readIn(room) }));
    return [...this.#rooms.values(), ...visited]
      .filter(({ room, position }) => room === current || (position > 0 && !UNLISTED.test(room)))
      .sort((one, other) => compare(one.room, other.room));
  }

  #state({ room, epoch, position, members = 0 }, current) {
    const isCurrent = room === current;
    const unread = isCurrent ? 0 : this.#unreadIn({ room, epoch, position });
    const newest = this.#mentions.get(room);
    const mentioned = newest !== undefined && newest.epoch === epoch && newest.position > position - unread;
    return { room, epoch, position, unread, mentioned, isCurrent, present: isCurrent ? this.#present() : members };
  }

  #unreadIn({ room, epoch, position }) {
    const read = this.readIn(room);
    if (!read) return 0; // never been there: nothing is owed
    return read.epoch === epoch ? Math.max(0, position - read.position) : position;
  }

  #tellUnread(rooms) {
    const detail = rooms.filter(({ unread }) => unread > 0).map(({ room, epoch, position, unread }) => ({ room, epoch, position, from: position - unread }));
    this.dispatchEvent(new CustomEvent('unread', { detail }));
  }

  #item(room) {
    const link = make('a', { href: `?room=${room}`, 'data-room': room });
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(room);
    });
    return { item: make('li', {}, link), link, shown: '' };
  }

  /** Only what has changed is touched: a screen reader may be reading it. */
  #fill(entry, { room, unread, mentioned, isCurrent, present }) {
    const shown = [unread, mentioned, isCurrent, present].join();
    if (shown === entry.shown) return;
    entry.shown = shown;
    const { link } = entry;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.replaceChildren(make('span', { class: 'room-name', title: room }, room));
    if (present > 0) {
      const here = make('span', { class: 'here', role: 'img', 'data-words-title': 'rooms.present' });
      label(here, 'rooms.present', { count: present });
      link.append(here);
    }
    if (unread > 0) {
      const words = make('span', { class: 'visually-hidden' });
      say(words, mentioned ? 'rooms.mentioned' : 'rooms.unread', { count: unread });
      link.append(make('span', { class: mentioned ? 'badge mentions-me' : 'badge', 'aria-hidden': 'true' }, mentioned ? `@ ${short(unread)}` : short(unread)), words);
    }
  }

  #place(items) {
    const focused = this.#list.getRootNode().activeElement;
    if (items.length !== this.#list.childElementCount || items.some((item, at) => item !== this.#list.children[at])) {
      this.#list.replaceChildren(...items);
      if (this.#list.contains(focused)) focused.focus({ preventScroll: true });
    }
    this.#rove(this.#list.contains(focused) ? focused : this.#list.querySelector('[aria-current]'));
  }

  /** One stop for Tab, however many rooms. */
  #rove(link) {
    this.#list.querySelectorAll('a').forEach(each => (each.tabIndex = each === link ? 0 : -1));
  }

  #steer(event) {
    const links = [...this.#list.querySelectorAll('a')];
    const at = links.indexOf(event.target.closest('a'));
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: links.length - 1 }[event.key];
    if (event.altKey || links[to] === undefined) return;
    event.preventDefault();
    links[to].focus();
    this.#rove(links[to]);
  }
}
