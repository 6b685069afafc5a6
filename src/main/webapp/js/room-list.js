/**
 * The rooms, with how much is new in each. Asked of the server now and then, more often while somebody looks, since
 * following every room would bring every room's messages and files to every reader. Event: 'unread' (detail: the rooms
 * that are not on the page and hold something unread, as {room, epoch, position, from}).
 */
import { make } from './elements.js';
import { label, say } from './i18n.js';
import { recall, remember } from './preferences.js';

const ASK_MS = 8000;
const ASK_HIDDEN_MS = 30_000;
const MAX_COUNT = 99;

export class RoomList extends EventTarget {
  #session;
  #list;
  #current;
  #go;
  #rooms = [];
  #visited = new Set(); // names, for the server's list may be older than a visit
  #mentions = new Map(); // room → {epoch, position} of the newest message that mentions the reader
  #timer = null;
  #ended = false;

  /** @param current () => the name of the room on the page; go(room) enters another; signal ends the asking */
  constructor({ session, list, current, go, signal }) {
    super();
    this.#session = session;
    this.#list = list;
    this.#current = current;
    this.#go = go;
    list.addEventListener('keydown', event => this.#steer(event));
    document.addEventListener('visibilitychange', () => document.hidden || this.ask(), { signal });
    signal.addEventListener('abort', () => {
      this.#ended = true;
      clearTimeout(this.#timer);
    });
  }

  /** How far this reader has read in a room: the server's word or our own memory of it. */
  readIn(room) {
    const kept = JSON.parse(recall(`read.${room}`) ?? 'null');
    const told = this.#rooms.find(each => each.room === room)?.read;
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
    if (this.#session.isOpen) {
      const rooms = await this.#session.call('veche.rooms', { detail: true }).catch(() => null);
      if (rooms) {
        this.#rooms = rooms.map(each => (typeof each === 'string' ? { room: each, position: 0 } : each));
        this.show();
        this.dispatchEvent(new CustomEvent('unread', { detail: this.#elsewhere() }));
      }
    }
    clearTimeout(this.#timer);
    if (!this.#ended) this.#timer = setTimeout(() => this.ask(), document.hidden ? ASK_HIDDEN_MS : ASK_MS);
  }

  show() {
    const current = this.#current();
    const unlisted = [...this.#visited.add(current)].filter(name => !this.#rooms.some(({ room }) => room === name));
    const sorted = [...this.#rooms, ...unlisted.map(room => ({ room, position: 0 }))].sort((one, other) => one.room.localeCompare(other.room));
    const focused = this.#list.getRootNode().activeElement?.dataset?.room;
    this.#list.replaceChildren(...sorted.map(each => this.#item(each, each.room === current)));
    const kept = focused && this.#list.querySelector(`[data-room="${focused}"]`);
    if (kept) kept.focus();
    this.#rove(kept || this.#list.querySelector('[aria-current]'));
    this.#list.dispatchEvent(new Event('shown', { bubbles: true }));
  }

  /** The room after (1) or before (-1) the current one in the list. */
  neighbour(step) {
    const names = [...this.#list.querySelectorAll('a')].map(link => link.dataset.room);
    return names[(names.indexOf(this.#current()) + step + names.length) % names.length];
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

  #elsewhere() {
    return this.#rooms
      .filter(each => each.room !== this.#current() && this.#unreadIn(each) > 0)
      .map(each => ({ room: each.room, epoch: each.epoch, position: each.position, from: each.position - this.#unreadIn(each) }));
  }

  #isMentioned(each) {
    const newest = this.#mentions.get(each.room);
    return newest?.epoch === each.epoch && newest.position > each.position - this.#unreadIn(each);
  }

  #unreadIn({ room, epoch, position }) {
    const read = this.readIn(room);
    if (!read) return 0; // never been there: nothing is owed
    return read.epoch === epoch ? Math.max(0, position - read.position) : position;
  }

  #item(each, current) {
    const link = make('a', { href: `?room=${each.room}`, 'data-room': each.room, title: each.room }, make('span', { class: 'room-name' }, each.room));
    const unread = current ? 0 : this.#unreadIn(each);
    if (current) link.setAttribute('aria-current', 'page');
    if (unread > 0) {
      const words = make('span', { class: 'visually-hidden' });
      const mentioned = this.#isMentioned(each);
      say(words, mentioned ? 'rooms.mentioned' : 'rooms.unread', { count: unread });
      const count = unread > MAX_COUNT ? `${MAX_COUNT}+` : String(unread);
      link.append(make('span', { class: mentioned ? 'badge mentions-me' : 'badge', 'aria-hidden': 'true' }, mentioned ? `@ ${count}` : count), words);
    } else if (each.members > 0) {
      const here = make('span', { class: 'here' }, String(each.members));
      label(here, 'people.count', { count: each.members });
      here.setAttribute('role', 'img');
      link.append(here);
    }
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(each.room);
    });
    return make('li', {}, link);
  }
}
