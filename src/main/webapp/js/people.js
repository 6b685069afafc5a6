/** Who is in the room, who is writing, who has read how far. */
import { isGuest } from './authors.js';
import { make } from './elements.js';
import { hush, say } from './i18n.js';
import { avatar } from './message-view.js';

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

  /** Lists who is present. @param people Map of author id to name; authors the Authors of the room */
  show(people, authors) {
    const mine = this.#me().id;
    const sorted = [...people].map(([id, name]) => ({ id, name })).sort((one, other) => one.name.localeCompare(other.name));
    this.#root.getElementById('people').replaceChildren(...sorted.slice(0, LISTED).map(author => {
      const item = make('li', {}, avatar(author), make('bdi', {}, author.name), make('span', { class: 'mark' }, authors.mark(author)));
      if (author.id === mine) item.append(note('people.you', 'you'));
      else if (isGuest(author)) item.append(note('people.guest', 'guest'));
      return item;
    }));
    say(this.#root.getElementById('people-title'), 'people', { count: people.size });
    say(this.#root.getElementById('present'), 'people.count', { count: people.size });
  }

  /** Somebody is writing, for the next few seconds. @param name as it is to be shown */
  typing({ id }, name) {
    if (id === this.#me().id) return;
    clearTimeout(this.#typing.get(id)?.timer);
    this.#typing.set(id, { name, timer: setTimeout(() => this.stopped(id), TYPING_MS) });
    this.#showTyping();
  }

  /** They have said it, or gone. */
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
      hush(line);
    } else if (names.length > NAMED) {
      say(line, 'typing.many', { count: names.length });
    } else {
      say(line, names.length === 1 ? 'typing.one' : 'typing.some', { names: names.join(', ') });
    }
  }
}

function note(key, kind) {
  const words = make('span', { class: kind });
  say(words, key);
  return words;
}

/** How far everyone has read; shown under the last message that they have seen. */
export class Readers {
  #list;
  #me;
  #read = new Map(); // author id → {author, position}
  #label;

  /** @param label (author) => the name as it is to be shown */
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

  /** Names under each own message those for whom it is the last of ours that they have read. */
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
      if (names.has(id)) say(line, 'read.by', { names: names.get(id).sort().join(', ') });
      else if (line.textContent !== '') hush(line);
    }
  }
}
