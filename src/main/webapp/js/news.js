/** What others say while the reader is here: read out, rung with the bell of the header, and left to the Notifier. */
import { words } from './i18n.js';
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
   * @param rooms the RoomList; search and members as Mentions takes them; room () => the Room on the page; me () => the Identity;
   *   names () => the Names of the room on the page; toEnd() and go(room) bring the reader to what is new
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
    rooms.addEventListener('unread', ({ detail }) => detail.length > 0 && elsewhere.get().then(mentions => mentions.look(detail)).catch(() => {})); // asked again with the next list
  }

  /** Somebody else has said something in the room on the page. */
  heard(dict) {
    const { author, target } = dict;
    const { text, name } = titled(dict);
    const room = this.#room();
    const answered = target !== undefined && room.log.get(target)?.author.id === this.#me().id;
    const concerned = answered || mentionsAmong(text, this.#names(), this.#me().name);
    const said = dict.data && text === '' ? words('file.from', { name: name ?? '' }) : text;
    const label = room.authors.label(author);
    this.#tell(`${label}: ${said}`, { author: label, text: said, concerned, room: room.name, open: this.#toEnd });
  }

  /** Somebody wants the reader in a room that is not on the page. */
  #mentioned(room, message) {
    const { author, text } = message;
    this.#rooms.markMention(room, message);
    this.#tell(words('mention.elsewhere', { name: author.name, room }), { author: author.name, text, concerned: true, room, open: () => this.#go(room), counted: true });
  }

  #tell(aloud, note) {
    this.#root.getElementById('announce').textContent = aloud;
    this.#ringBell();
    this.#notifier.heard(note);
  }

  /** The bell of the header swings once. */
  #ringBell() {
    const bell = this.#root.querySelector('.brand .swing');
    bell.classList.remove('ringing');
    requestAnimationFrame(() => bell.classList.add('ringing'));
  }
}
