/** Announces messages of others to screen readers, the bell in the header and the Notifier. */
import { translate } from './i18n.js';
import { mentionsAmong } from './markup.js';
import { titled } from './media-type.js';
import { OnDemand } from './on-demand.js';

export class News {
  #root;
  #notifier;
  #rooms;
  #room;
  #me;
  #toEnd;
  #go;
  #names;

  /**
   * @param rooms the RoomList; search and members for Mentions; room () => the current Room; me () => the Identity; names () => its Names;
   *   toEnd() and go(room) open a new message
   */
  constructor({ root, notifier, rooms, search, members, room, me, names, toEnd, go }) {
    this.#root = root;
    this.#notifier = notifier;
    this.#rooms = rooms;
    this.#room = room;
    this.#me = me;
    this.#toEnd = toEnd;
    this.#go = go;
    this.#names = names;
    const found = (name, message) => this.#mentioned(name, message);
    const elsewhere = new OnDemand(async () => new (await import('./mentions.js')).Mentions({ search, members, names, me, found }));
    rooms.addEventListener('unread', ({ detail }) => detail.length > 0 && elsewhere.get().then(mentions => mentions.look(detail)).catch(() => {})); // the next list retries
  }

  /** Another user's message in the current room. */
  received(dict) {
    const { author, target } = dict;
    const { text, name } = titled(dict);
    const room = this.#room();
    const answered = target !== undefined && room.log.get(target)?.author.id === this.#me().id;
    const concerned = answered || mentionsAmong(text, this.#names(), this.#me().name);
    const content = dict.data && text === '' ? translate('file.from', { name: name ?? '' }) : text;
    const label = room.authors.label(author);
    this.#announce(`${label}: ${content}`, { author: label, text: content, concerned, room: room.name, open: this.#toEnd });
  }

  /** The user was mentioned in another room. */
  #mentioned(room, message) {
    const { author, text } = message;
    this.#rooms.markMention(room, message);
    this.#announce(translate('mention.elsewhere', { name: author.name, room }), { author: author.name, text, concerned: true, room, open: () => this.#go(room), counted: true });
  }

  #announce(text, note) {
    this.#root.getElementById('announce').textContent = text;
    this.#ringBell();
    this.#notifier.received(note);
  }

  #ringBell() {
    const bell = this.#root.querySelector('.brand .swing');
    bell.classList.remove('ringing');
    requestAnimationFrame(() => bell.classList.add('ringing'));
  }
}
