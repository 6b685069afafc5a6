/** Wires the chat together, in the page or in the component. */
import { Actions } from './actions.js';
import { Arrivals } from './arrivals.js';
import { Composer } from './composer.js';
import { translate } from './i18n.js';
import { Identity } from './identity.js';
import { guestsAreMarked, loadLimits } from './limits.js';
import { ConnectionStatus } from './connection-status.js';
import { mentions } from './markup.js';
import { MessageList } from './message-list.js';
import { MessageView } from './message-view.js';
import { fold } from './names.js';
import { Mutes } from './mutes.js';
import { Navigation } from './navigation.js';
import { News } from './news.js';
import { Notice } from './notice.js';
import { Notifier } from './notifier.js';
import { OnDemand } from './on-demand.js';
import { Outbox } from './outbox.js';
import { People, Readers } from './people.js';
import { Panes } from './panes.js';
import { currentName, guestSecret, LOBBY, socketAddress } from './place.js';
import { Reading } from './reading.js';
import { ConnectionLostException } from './requests.js';
import { refusal, sanction } from './reasons.js';
import { Room } from './room.js';
import { RoomList } from './room-list.js';
import { roomNamed } from './room-name.js';
import { Session } from './session.js';
import { Shortcuts } from './shortcuts.js';
import { Sender } from './sender.js';
import { Waiting } from './waiting.js';

const REALM = 'veche';
const SHOWN = 64;
/** A token that expires within this time is about to expire. */
const WARNING_MS = 60_000;

export class Chat {
  #root;
  #options;
  #gone = new AbortController();
  #session = new Session(this.#gone.signal);
  #outbox = new Outbox(this.#session);
  #me = new Identity();
  #mutes = new Mutes(() => this.#session.call('veche.whoami').then(({ mutes }) => mutes), this.#gone.signal);
  #room;
  #removal = null; // the text about the user's removal from the current room
  #list;
  #view;
  #waiting;
  #composer;
  #people;
  #readers;
  #rooms;
  #reading;
  #notifier;
  #news;
  #search;
  #sender;
  #emoji;
  #moderation;
  #connectionStatus;
  #notice;
  #navigation;
  #arrivals;
  #panes;

  /**
   * @param root Document or ShadowRoot with the elements of index.html's #chat
   * @param options room: see visit(); base: URL of the folder of index.html; token: a JWT or null; ownsTitle: whether to set the document's title;
   *   moved(room): another room was entered; refused(): the server rejected the token; expiring(time): the token expires soon
   */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    const named = roomNamed(options.room || LOBBY);
    this.#room = new Room(this.#session, named.room ?? LOBBY);
    this.#build();
    this.#listen();
    this.#enterRoom();
    this.#explain(options.room, named);
    this.#connect();
    this.#outbox.restore();
    loadLimits(options.base).then(() => guestsAreMarked() || this.#relabel(new Set(this.#room.log.messages.map(({ author }) => author.id))));
    if (options.ownsTitle && document.activeElement === document.body && matchMedia('(pointer: fine)').matches) this.#composer.focus();
  }

  /** Name of the current room. */
  get room() {
    return this.#room.name;
  }

  /** Enters the room that user input or an address names; the lobby if empty. */
  visit(written) {
    const named = roomNamed(written || LOBBY);
    this.go(named.room ?? LOBBY);
    this.#explain(written, named);
  }

  /** Enters another room. */
  async go(name) {
    this.#panes.fold();
    if (name === this.#room.name) return this.#composer.focus();
    const left = this.#room;
    this.#navigation.leave();
    this.#room = new Room(this.#session, name);
    this.#enterRoom();
    this.#options.moved(name);
    await left.leave();
    if (this.#session.isOpen) await this.#follow();
  }

  /** Shows which room the input has become, or why it is invalid. */
  #explain(written, { room = LOBBY, fault }) {
    const wish = [...written].slice(0, SHOWN).join('');
    if (fault) this.#notice.show('notice.no-room', { wish, room, why: fault });
    else if (written !== '' && written !== room) this.#notice.show('notice.room', { wish, room });
  }

  #goAndWrite(name) {
    this.go(name);
    this.#composer.focus();
  }

  /** Replaces the token of the same user without a new connection, if the server accepts it. */
  renew(token) {
    this.#options.token = token;
    this.#session.renew(token).catch(failure => failure instanceof ConnectionLostException || this.#connect());
  }

  /** Reconnects with a token. */
  signIn(token) {
    this.#options.token = token;
    this.#connect();
  }

  /** Releases the connection and all listeners. */
  close() {
    this.#gone.abort();
  }

  #byId(id) {
    return this.#root.getElementById(id);
  }

  #build() {
    const me = () => this.#me;
    const current = () => this.#room;
    const names = () => this.#names();
    const { signal } = this.#gone;
    this.#view = new MessageView({ me, find: id => this.#room.log.get(id), react: (message, emoji) => this.#sender.react(message, emoji), jump: id => this.#navigation.jumpTo(id), names, authors: () => this.#room.authors });
    this.#list = new MessageList({
      scroller: this.#byId('scroller'),
      feed: this.#byId('messages'),
      waiting: this.#byId('waiting'),
      view: this.#view,
      load: end => (end === 'first' ? this.#room.older() : this.#room.newer()).catch(() => {}), // the next scroll retries
      moved: () => this.#navigation.moved(),
      isTail: () => this.#room.log.atTail,
    });
    this.#waiting = new Waiting({ list: this.#byId('waiting'), outbox: this.#outbox, view: this.#view, room: current, mute: () => this.#mutes.in(this.#room.name) });
    this.#people = new People(this.#root, me);
    this.#readers = new Readers(this.#list, me, author => this.#room.authors.label(author));
    this.#rooms = new RoomList({ session: this.#session, list: this.#byId('rooms'), current: () => this.#room.name, present: () => this.#room.people.size, go: name => this.go(name), signal });
    this.#reading = new Reading({ session: this.#session, rooms: this.#rooms, list: this.#list, room: current, signal });
    this.#notice = new Notice(this.#root);
    this.#navigation = new Navigation({ button: this.#byId('newer'), unread: this.#byId('unread'), list: this.#list, room: current, notice: this.#notice, arrived: () => this.#reading.look() });
    this.#arrivals = new Arrivals({ list: this.#list, room: current, came: count => this.#navigation.came(count), shown: () => this.#shown() });
    this.#panes = new Panes(this.#root, { renamed: () => this.#connect(), go: name => this.#goAndWrite(name) });
    this.#notifier = new Notifier(this.#root, { title: () => (this.#options.ownsTitle ? `${this.#room.name} · ${translate('veche')}` : null), elsewhere: () => this.#rooms.unread }, signal);
    this.#composer = new Composer(this.#root, () => this.#mentionable());
    this.#sender = new Sender({ root: this.#root, session: this.#session, outbox: this.#outbox, composer: this.#composer, waiting: this.#waiting, list: this.#list, room: current, me, sent: () => this.#navigation.toEnd(), changed: () => this.#updateEmpty() });
    const search = asked => this.#session.call('veche.search', asked);
    this.#news = new News({ root: this.#root, notifier: this.#notifier, rooms: this.#rooms, search, members: room => this.#session.call('veche.members', { room }), room: current, me, names, toEnd: () => this.#navigation.toEnd(), go: name => this.go(name) });
    this.#search = new OnDemand(async () => new (await import('./search.js')).Search(this.#root, { ask: asked => search({ room: this.#room.name, ...asked }), jump: dict => this.#navigation.goTo(dict.position, dict.id) }));
    this.#emoji = new OnDemand(async () => new (await import('./emoji.js')).EmojiPicker(this.#byId('emoji')));
    const order = (procedure, { everywhere, ...rest }) => this.#session.call(procedure, { room: everywhere ? undefined : this.#room.name, ...rest });
    this.#moderation = new OnDemand(async () => new (await import('./moderation.js')).Moderation(this.#root, order));
    this.#connectionStatus = new ConnectionStatus(this.#root);
    new Actions({ feed: this.#byId('messages'), list: this.#list, doing: this.#doing(), may: { own: ({ author }) => author.id === this.#me.id, remove: () => this.#me.removes, moderate: () => this.#me.moderates.length > 0 } });
    new Shortcuts(this.#root, { search: () => this.#openSearch(), messages: () => this.#list.focus(), write: () => this.#composer.focus(), neighbour: step => this.go(this.#rooms.neighbour(step)) }, signal);
  }

  /** Includes the user's own name. */
  #names() {
    this.#room.names.add(this.#me.name);
    return this.#room.names;
  }

  /** Present users first. */
  #mentionable() {
    const others = [...this.#room.people.values(), ...this.#room.names.all].filter(name => fold(name) !== fold(this.#me.name));
    return [...new Map(others.map(name => [fold(name), name])).values()];
  }

  /** Shows the field at once, since the module may still be loading. */
  #openSearch() {
    const cameFrom = this.#root.activeElement;
    const field = this.#byId('search-text');
    this.#byId('search-box').hidden = false;
    field.focus();
    field.select();
    // Escape may have closed the field meanwhile.
    this.#use(this.#search, search => {
      if (field.value || this.#root.activeElement === field) search.open(cameFrom);
      else this.#byId('search-box').hidden = true;
    });
  }

  #use(part, act) {
    part.get().then(act, () => this.#notice.show('notice.unfetched'));
  }

  #doing() {
    return {
      react: (message, emoji) => this.#sender.react(message, emoji),
      pick: (message, button) => this.#use(this.#emoji, picker => picker.open(button, emoji => this.#sender.react(message, emoji))),
      reply: message => this.#composer.reply(message),
      edit: message => this.#composer.edit(message),
      remove: message => this.#sender.remove(message),
      moderate: message => this.#use(this.#moderation, moderation => moderation.open({ id: message.author.id, name: this.#room.authors.label(message.author) }, this.#me.moderates, this.#me.moderatesAll)),
    };
  }

  #listen() {
    this.#session.addEventListener('state', () => this.#connectionStatus.showState(this.#session.readyState));
    this.#session.addEventListener('open', ({ detail }) => this.#opened(detail));
    this.#session.addEventListener('close', ({ detail }) => {
      this.#connectionStatus.showClose(detail);
      if (detail.uri?.startsWith('wamp.error.authentication')) this.#options.refused?.();
    });
    this.#byId('emoji-button').addEventListener('click', ({ currentTarget }) => this.#use(this.#emoji, picker => picker.open(currentTarget, emoji => this.#composer.insert(emoji))));
    this.#byId('retry').addEventListener('click', () => {
      this.#session.retry();
      this.#composer.focus();
    });
    this.#rooms.addEventListener('shown', () => {
      this.#notifier.updateTitle();
      this.#panes.showUnread(this.#rooms.unread);
    });
    this.#outbox.addEventListener('muted', ({ detail }) => this.#mutes.add(detail));
    this.#mutes.addEventListener('change', () => this.#showMute());
    this.#byId('leave').addEventListener('click', () => {
      this.#session.leave();
      this.#panes.fold();
      this.#byId('retry').focus();
    });
    this.#byId('search-toggle').addEventListener('click', () => (this.#search.here?.isOpen ? this.#search.here.close() : this.#openSearch()));
    this.#byId('search').addEventListener('submit', event => {
      event.preventDefault();
      if (!this.#search.here) this.#use(this.#search, () => event.target.requestSubmit());
    });
  }

  #connect() {
    const { base, token } = this.#options;
    const url = socketAddress('chat', token ? {} : { name: currentName() }, base);
    this.#session.open({ url, realm: REALM, token, secret: token ? null : guestSecret() });
  }

  async #opened(welcome) {
    await this.#me.load(this.#session, welcome, currentName(), this.#room.name);
    this.#byId('admin-link').hidden = !this.#me.may.includes('audit');
    this.#mutes.take(this.#me.mutes);
    this.#list.refreshAll();
    this.#rooms.ask();
    this.#on('veche.session.removed', event => this.#removed(event));
    this.#on('veche.session.expiring', ({ expires }) => this.#options.expiring?.(expires));
    // The event may have preceded the subscription.
    if (Date.parse(this.#me.expires) - Date.now() < WARNING_MS) this.#options.expiring?.(this.#me.expires);
    await this.#follow();
    await this.#outbox.restore();
  }

  /** Listens to an event about this session. A router may refuse it. */
  #on(topic, listener) {
    this.#session.subscribe(topic, ({ argsDict }) => listener(argsDict)).catch(() => {});
  }

  /** The server ended the stay in a room: the page returns to it only when the user does. */
  #removed({ room, sanction: imposed }) {
    if (room !== this.#room.name) return;
    const { key, ...values } = imposed ? sanction(imposed) : { key: 'notice.removed' };
    this.#removal = { key, ...values };
    this.#notice.show(key, values);
    this.#showMute();
    this.#room.leave();
  }

  /** Prepares the page for the room; messages are loaded once connected. */
  #enterRoom() {
    const room = this.#room;
    this.#removal = null;
    this.#byId('room-title').textContent = room.name;
    this.#arrivals.clear();
    this.#list.markUnread(Infinity);
    this.#readers.clear();
    this.#people.forgetTyping();
    this.#people.show(room.people, room.authors);
    this.#search.here?.clear();
    this.#composer.enter(room.name);
    this.#showMute();
    this.#rooms.show();
    this.#notifier.updateTitle();
    this.#navigation.reset();
    this.#notice.hide();
    this.#updateEmpty();
    const on = (type, listener) => room.addEventListener(type, ({ detail }) => room === this.#room && listener(detail));
    on('reset', () => this.#arrivals.clear());
    on('added', detail => this.#arrivals.take(detail));
    on('changed', message => this.#list.refresh(message));
    on('dropped', messages => this.#list.drop(messages));
    on('received', dict => this.#received(dict));
    on('gap', () => this.#notice.show('notice.gap'));
    on('skipped', count => this.#notice.show('notice.skipped', { count }));
    on('people', () => {
      this.#people.show(room.people, room.authors);
      this.#rooms.show();
    });
    on('relabelled', ids => this.#relabel(ids));
    on('named', names => room.log.messages.filter(({ text }) => text.includes('@') && names.some(name => mentions(text, name))).forEach(message => this.#list.refresh(message)));
    on('typing', author => this.#people.typing(author, room.authors.label(author)));
    on('mode', () => this.#showMute());
    on('read', read => this.#readers.take(read, room.log));
  }

  /** Names or marks of authors have changed. */
  #relabel(ids) {
    const { log, people, authors } = this.#room;
    log.messages.filter(({ author }) => ids.has(author.id)).forEach(message => this.#list.refresh(message));
    this.#people.show(people, authors);
    this.#readers.show(log);
  }

  #showMute() {
    const mute = this.#mutes.in(this.#room.name);
    const { mode } = this.#room;
    const restriction = mode && sanction({ ...mode, room: null });
    const reading = mode?.action === 'readonly' && !this.#me.isExempt;
    const silent = this.#me.writes ? reading && restriction : { key: 'compose.guests-read' };
    this.#composer.mute(this.#removal ?? (mute ? sanction(mute) : silent || null));
    this.#composer.showMode(reading ? null : restriction);
    this.#waiting.showAll();
  }

  async #follow() {
    if (this.#removal) return;
    const room = this.#room;
    await this.#me.enter(this.#session, room.name);
    if (room !== this.#room) return;
    try {
      await room.enter();
    } catch (failure) {
      if (failure instanceof ConnectionLostException || room !== this.#room) return; // follows again after the reconnect
      if (failure.errorUri === undefined) throw failure;
      this.#notice.show('notice.refused', { reason: refusal(failure) });
      return;
    }
    if (room !== this.#room) return;
    this.#waiting.caughtUp();
    this.#reading.draw();
    this.#updateEmpty();
    await this.#navigation.comeBack();
    this.#navigation.moved();
  }

  #shown() {
    this.#updateEmpty();
    this.#readers.show(this.#room.log);
  }

  /** A new log entry, whether or not it is in the window. */
  #received(dict) {
    this.#waiting.received(dict.key);
    this.#people.stopped(dict.author.id);
    const isMessage = dict.kind === 'text' || dict.kind === 'file';
    if (isMessage && !this.#room.log.atTail) this.#navigation.came();
    if (isMessage && dict.author.id !== this.#me.id) this.#news.received(dict);
    this.#reading.look();
  }

  #updateEmpty() {
    this.#byId('quiet').hidden = !this.#list.isEmpty || this.#byId('waiting').childElementCount > 0;
  }
}
