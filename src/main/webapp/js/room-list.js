/**
 * The list of rooms with unread counts. Polled, since subscriptions would deliver all messages of all rooms; each room
 * costs the server a read, so many rooms are polled less often. Events: 'shown', 'unread' (detail: other rooms with
 * unread messages as {room, epoch, position, from}).
 */
import { make } from './elements.js';
import { label, setText, short } from './i18n.js';
import { recall, remember } from './preferences.js';

const POLL_MS = 2000;
const POLL_ROOM_MS = 20;
const POLL_HIDDEN_MS = 10_000;
/** Rooms per answer of the server. */
const PAGE = 200;
const MAX_ROOMS = 1000;
/** The lab opens a new room per page. */
const UNLISTED = /^lab-/;
const { compare } = new Intl.Collator();

export class RoomList extends EventTarget {
  #session;
  #list;
  #current;
  #present;
  #go;
  #rooms = new Map(); // name → the server's description
  #visited = new Set(); // names that the server may not list yet
  #mentions = new Map(); // room → {epoch, position} of the latest mention
  #items = new Map(); // room → {item, link, shown}
  #unread = 0;
  #timer = null;
  #ended = false;

  /** @param current () => the current room's name; present () => its number of users; go(room) enters a room; signal ends the polling */
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

  /** Unread messages in all other rooms. */
  get unread() {
    return this.#unread;
  }

  /** The read position in a room: the later of the server's and the stored one. */
  readIn(room) {
    const kept = JSON.parse(recall(`read.${room}`) ?? 'null');
    const reported = this.#rooms.get(room)?.read;
    if (!kept || (reported && reported.epoch !== kept.epoch)) return reported ?? null;
    return reported && reported.position > kept.position ? reported : kept;
  }

  /** Stores the read position. */
  markRead(room, { epoch, position }) {
    const known = this.readIn(room);
    if (known?.epoch === epoch && known.position >= position) return false;
    remember(`read.${room}`, JSON.stringify({ epoch, position }));
    this.show();
    return true;
  }

  /** The message mentions the user. */
  markMention(room, { epoch, position }) {
    this.#mentions.set(room, { epoch, position });
    this.show();
  }

  /** Polls now, then periodically. */
  async ask() {
    clearTimeout(this.#timer);
    const rooms = this.#session.isOpen ? await this.#described().catch(() => null) : null; // retried below
    if (rooms) {
      this.#rooms = new Map(rooms.map(each => [each.room, each]));
      this.#announceUnread(this.show());
    }
    clearTimeout(this.#timer);
    const least = document.hidden ? POLL_HIDDEN_MS : POLL_MS;
    if (!this.#ended) this.#timer = setTimeout(() => this.ask(), Math.max(least, this.#rooms.size * POLL_ROOM_MS));
  }

  /** @returns the listed rooms */
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

  /** Rooms with messages and the current one: a mistyped room must not be listed for everyone. */
  #listed(current) {
    const reported = [...this.#rooms.values()].filter(({ position }) => position > 0);
    const visited = [...this.#visited].filter(room => !(this.#rooms.get(room)?.position > 0)).map(room => this.#visitedRoom(room));
    return [...reported, ...visited]
      .filter(({ room, position }) => room === current || (position > 0 && !UNLISTED.test(room)))
      .sort((one, other) => compare(one.room, other.room));
  }

  /** A visited room that had no messages at the latest poll; the user may have read or sent some since. */
  #visitedRoom(room) {
    const polled = this.#rooms.get(room);
    const read = this.readIn(room);
    return polled && polled.epoch !== read?.epoch ? polled : { ...polled, room, ...read };
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
    if (!read) return 0; // never visited
    return read.epoch === epoch ? Math.max(0, position - read.position) : position;
  }

  #announceUnread(rooms) {
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

  /** Updates only changed entries, so as not to interrupt screen readers. */
  #fill(entry, { room, unread, mentioned, isCurrent, present }) {
    const shown = [unread, mentioned, isCurrent, present].join();
    if (shown === entry.shown) return;
    entry.shown = shown;
    const { link } = entry;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    link.replaceChildren(make('span', { class: 'room-name', title: room }, room));
    if (present > 0) {
      const here = make('span', { class: 'here', role: 'img', 'data-i18n-title': 'rooms.present' });
      label(here, 'rooms.present', { count: present });
      link.append(here);
    }
    if (unread > 0) {
      const text = make('span', { class: 'visually-hidden' });
      setText(text, mentioned ? 'rooms.mentioned' : 'rooms.unread', { count: unread });
      link.append(make('span', { class: mentioned ? 'badge mentions-me' : 'badge', 'aria-hidden': 'true' }, mentioned ? `@ ${short(unread)}` : short(unread)), text);
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

  /** Roving tabindex. */
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
