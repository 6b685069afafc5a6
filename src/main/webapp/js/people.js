/** Present users, typing indicators and read receipts. */
import { isMarked } from './authors.js';
import { make } from './elements.js';
import { clearText, setText } from './i18n.js';
import { avatar, guestMark } from './message-view.js';

const TYPING_MS = 5000;
const NAMED = 3;
const LISTED = 200;

export class People {
  #root;
  #me;
  #typing = new Map(); // author id → {name, timer}

  /** @param me () => {id, name} */
  constructor(root, me) {
    this.#root = root;
    this.#me = me;
  }

  /** Lists present users. @param people Map of author id to name; authors the Authors of the room */
  show(people, authors) {
    const mine = this.#me().id;
    const sorted = [...people].map(([id, name]) => ({ id, name })).sort((one, other) => one.name.localeCompare(other.name));
    this.#root.getElementById('people').replaceChildren(...sorted.slice(0, LISTED).map(author => {
      const item = make('li', {}, avatar(author), make('bdi', {}, author.name), make('span', { class: 'mark' }, authors.mark(author)));
      if (author.id === mine) item.append(you());
      else if (isMarked(author)) item.append(guestMark());
      return item;
    }));
    setText(this.#root.getElementById('people-title'), 'people', { count: people.size });
    setText(this.#root.getElementById('present'), 'people.count', { count: people.size });
  }

  /** Shows a typing indicator for a few seconds. @param name its label */
  typing({ id }, name) {
    if (id === this.#me().id) return;
    clearTimeout(this.#typing.get(id)?.timer);
    this.#typing.set(id, { name, timer: setTimeout(() => this.stopped(id), TYPING_MS) });
    this.#showTyping();
  }

  /** The user has sent the message or left. */
  stopped(id) {
    clearTimeout(this.#typing.get(id)?.timer);
    if (this.#typing.delete(id)) this.#showTyping();
  }

  forgetTyping() {
    [...this.#typing.keys()].forEach(id => this.stopped(id));
  }

  #showTyping() {
    const names = [...this.#typing.values()].map(({ name }) => name);
    const line = this.#root.getElementById('typing');
    line.classList.toggle('active', names.length > 0);
    if (names.length === 0) {
      clearText(line);
    } else if (names.length > NAMED) {
      setText(line, 'typing.many', { count: names.length });
    } else {
      setText(line, names.length === 1 ? 'typing.one' : 'typing.some', { names: names.join(', ') });
    }
  }
}

function you() {
  const text = make('span', { class: 'you' });
  setText(text, 'people.you');
  return text;
}

/** Read receipts, shown under the last own message that was read. */
export class Readers {
  #list;
  #me;
  #read = new Map(); // author id → {author, position}
  #label;

  /** @param label (author) => the displayed name */
  constructor(list, me, label) {
    this.#list = list;
    this.#me = me;
    this.#label = label;
  }

  clear() {
    this.#read.clear();
  }

  /** @param log the room's RoomLog */
  take({ author, position, epoch }, log) {
    if (author.id === this.#me().id || epoch !== log.epoch) return;
    const known = this.#read.get(author.id)?.position ?? 0;
    if (position <= known) return;
    this.#read.set(author.id, { author, position });
    this.show(log);
  }

  /** Shows the readers under the last own message that each has read. */
  show(log) {
    const mine = log.messages.filter(message => message.author.id === this.#me().id && !message.deleted);
    const names = new Map();
    for (const { author, position } of this.#read.values()) {
      const last = mine.findLast(message => message.position <= position);
      if (last) names.set(last.id, [...(names.get(last.id) ?? []), this.#label(author)]);
    }
    for (const { id } of mine) {
      const line = this.#list.articleOf(id)?.querySelector('.readers');
      if (!line) continue;
      if (names.has(id)) setText(line, 'read.by', { names: names.get(id).sort().join(', ') });
      else if (line.textContent !== '') clearText(line);
    }
  }
}
