/**
 * One room over a session: joins it, resumes its log, loads history, tracks present users.
 * Events: 'reset' (the window was replaced), 'added' (detail: {messages, end: 'first' or 'last', live}), 'changed'
 * (detail: message), 'dropped' (detail: messages), 'received' (detail: the live entry), 'gap' (missed entries
 * are no longer in the log), 'skipped' (detail: number of missed entries, still in the log), 'people',
 * 'mode' (the mode was set, has ended or expired), 'named' (detail: new names), 'relabelled' (detail: ids of authors), 'typing' (detail: author), 'read' (detail: {author, epoch, position}).
 */
import { Authors } from './authors.js';
import { Names } from './names.js';
import { RoomLog } from './room-log.js';

export const PAGE = 100;
const SKIMMED = 1000;
/** After missing more than this, the window moves to the end and the rest is loaded on scrolling. */
const MAX_MISSED = 500;
/** Topics of a room beside its log. */
const SIGNALS = ['joined', 'left', 'typing', 'read', 'mode'];
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export class Room extends EventTarget {
  log = new RoomLog();
  people = new Map(); // author id → name
  authors = new Authors();
  names = new Names();
  name;
  mode = null; // restriction set by moderators: {action, interval, until, reason}
  #session;
  #expiry;
  #unsubscribe = [];
  #entered = false;
  #loading = null;
  #visit = 0;

  constructor(session, name) {
    super();
    this.#session = session;
    this.name = name;
  }

  get topic() {
    return `veche.room.${this.name}`;
  }

  /** Joins or rejoins; call it whenever the session opens. */
  async enter() {
    const visit = ++this.#visit;
    const current = () => visit === this.#visit;
    this.#loading = null;
    const standing = await this.#session.call('veche.join', { room: this.name });
    if (!current()) return;
    this.#restrict(standing.mode);
    const known = this.#entered ? { epoch: this.log.epoch, position: this.log.tail } : null;
    const missed = known?.epoch === standing.epoch ? standing.position - known.position : 0;
    const skips = missed > MAX_MISSED;
    const after = skips ? { epoch: standing.epoch, position: standing.position } : known;
    let settle;
    const settled = new Promise(resolve => (settle = resolve));
    const received = event => current() && this.#received(event, { fresh: known === null || skips, settle });
    this.#unsubscribe = [
      await this.#session.subscribe(this.topic, received, { _after: after }),
      ...(await Promise.all(SIGNALS.map(kind => this.#session.subscribe(`${this.topic}.${kind}`, ({ argsDict }) => current() && this.#signal(kind, argsDict))))),
    ];
    await settled;
    if (!current()) return;
    this.#entered = true;
    if (skips) this.dispatchEvent(new CustomEvent('skipped', { detail: missed }));
    await this.#countPeople();
    // Live messages may have arrived already; earlier ones are still needed.
    if (current() && this.log.messages.length < PAGE) await this.older();
  }

  /** Leaves and unsubscribes. */
  async leave() {
    this.#visit++;
    if (!this.#session.isOpen) return;
    await Promise.all(this.#unsubscribe.map(stop => stop()));
    await this.#session.call('veche.leave', { room: this.name }).catch(() => {}); // connection lost: left anyway
  }

  /** Loads the page before the window. */
  older() {
    return this.#load(async current => {
      while (!this.log.startReached) {
        const page = await this.#history(this.log.first, PAGE);
        if (!current()) return;
        const messages = this.log.prepend(page);
        this.#added(messages, 'first', false);
        this.#dropped(this.log.trim('last'));
        if (messages.length > 0) return;
      }
    });
  }

  /** Loads the page after the window. */
  newer() {
    return this.#load(async current => {
      if (this.log.atTail) return;
      const page = await this.#range(this.log.last + 1, Math.min(this.log.last + PAGE, this.log.tail));
      if (!current()) return;
      const messages = this.log.extend(page);
      this.#added(messages, 'last', false);
      this.#dropped(this.log.trim('first'));
    });
  }

  /** Moves the window to the end of the log. */
  async toEnd() {
    if (this.log.atTail) return;
    this.#restart(this.log.epoch, this.log.tail);
    await this.older();
  }

  /** Moves the window to a position and applies the changes made after it. */
  async show(position) {
    const { log } = this;
    if (position >= log.first && position <= log.last) return;
    const visit = this.#visit;
    while (log.seenFrom > position) {
      const skimmed = await this.#history(log.seenFrom, SKIMMED);
      if (visit !== this.#visit) return;
      if (skimmed.length === 0) break; // no longer in the log
      log.skim(skimmed);
    }
    log.startAt(Math.min(position + PAGE / 2, log.tail));
    this.#loading = null;
    this.dispatchEvent(new Event('reset'));
    await this.older();
  }

  #restart(epoch, tail) {
    if (this.log.epoch === epoch) this.log.tail = Math.max(tail, this.log.tail);
    else this.log.reset(epoch, tail);
    this.log.startAt(this.log.tail);
    this.#loading = null;
    this.dispatchEvent(new Event('reset'));
  }

  /** One load at a time; concurrent callers share it. */
  #load(work) {
    if (this.#loading === null) {
      const visit = this.#visit;
      const loading = work(() => visit === this.#visit && this.#loading === loading).finally(() => {
        if (this.#loading === loading) this.#loading = null;
      });
      this.#loading = loading;
    }
    return this.#loading;
  }

  #history(before, limit) {
    return this.#session.call('veche.history', { room: this.name, before, limit });
  }

  /** All entries of a range, in several calls if needed: answers are also limited by bytes. */
  async #range(from, to) {
    let entries = [];
    for (let end = to; end >= from; ) {
      const page = (await this.#history(end + 1, end - from + 1)).filter(entry => entry.position >= from);
      if (page.length === 0) break;
      entries = [...page, ...entries];
      end = page[0].position - 1;
    }
    return entries;
  }

  #received({ details, argsDict }, { fresh, settle }) {
    if (details._recovered !== undefined) {
      if (fresh || !details._recovered) this.#restart(details._epoch, details._position);
      if (!fresh && !details._recovered) this.dispatchEvent(new Event('gap'));
      settle();
      return;
    }
    const grown = this.log.append(argsDict);
    if (grown === null) return;
    if (grown.added) this.#added([grown.added], 'last', true);
    if (grown.changed) this.dispatchEvent(new CustomEvent('changed', { detail: grown.changed }));
    this.dispatchEvent(new CustomEvent('received', { detail: argsDict }));
  }

  /** Trims the top while the list follows the end. */
  trimTop() {
    this.#dropped(this.log.trim('first'));
  }

  #restrict(mode = null) {
    clearTimeout(this.#expiry);
    this.mode = mode;
    if (mode?.until) this.#expiry = setTimeout(() => this.#restrict(), Math.min(Date.parse(mode.until) - Date.now(), MAX_TIMEOUT_MS));
    this.dispatchEvent(new Event('mode'));
  }

  #signal(kind, signal) {
    if (kind === 'mode') return this.#restrict(signal.mode);
    const { author } = signal;
    if (kind === 'joined') {
      this.people.set(author.id, author.name);
      this.#meet([author], true);
    }
    if (kind === 'left') this.people.delete(author.id);
    if (kind === 'joined' || kind === 'left') this.dispatchEvent(new Event('people'));
    else this.dispatchEvent(new CustomEvent(kind, { detail: kind === 'typing' ? author : signal }));
  }

  async #countPeople() {
    const visit = this.#visit;
    const members = await this.#session.call('veche.members', { room: this.name });
    if (visit !== this.#visit) return;
    this.people = new Map(members.map(({ id, name }) => [id, name]));
    this.#meet(members, true);
    this.dispatchEvent(new Event('people'));
  }

  #added(messages, end, live) {
    if (messages.length === 0) return;
    this.#meet(messages.map(({ author }) => author), live);
    this.dispatchEvent(new CustomEvent('added', { detail: { messages, end, live } }));
  }

  #meet(authors, current) {
    const added = authors.map(({ name }) => name).filter(name => this.names.add(name));
    if (added.length > 0) this.dispatchEvent(new CustomEvent('named', { detail: added }));
    const changed = this.authors.take(authors, current);
    if (changed.size > 0) this.dispatchEvent(new CustomEvent('relabelled', { detail: changed }));
  }

  #dropped(messages) {
    if (messages.length > 0) this.dispatchEvent(new CustomEvent('dropped', { detail: messages }));
  }
}
