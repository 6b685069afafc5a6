/** Renders a message as an article: author, time, content, reactions; and unsent messages. */
import { fileElement, pictureElement } from './attachments.js';
import { isMarked } from './authors.js';
import { cut, firstCluster } from './clusters.js';
import { make } from './elements.js';
import { clock, day, label, setText } from './i18n.js';
import { isEmojiOnly, mentionsAmong, render } from './markup.js';

const TINTS = 8;
const QUOTE_CHARACTERS = 120;
const GROUP_MS = 5 * 60 * 1000;
const GROUP_MESSAGES = 10;

/** The avatar colour of an author, a function of the id. */
export function tint(id) {
  return [...id].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 4093, 7) % TINTS;
}

export function initials(name) {
  const parts = name.trim().split(/\s+/u);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return letters.map(part => firstCluster(part)).join('').toLocaleUpperCase();
}

export function avatar({ id, name }) {
  return make('span', { class: `avatar tint-${tint(id)}`, 'aria-hidden': 'true' }, initials(name));
}

/** The word that marks the name of a guest. */
export function guestMark() {
  const mark = make('span', { class: 'guest' });
  setText(mark, 'people.guest');
  return mark;
}

export class MessageView {
  #me;
  #find;
  #react;
  #jump;
  #names;
  #authors;

  /**
   * @param me () => {id, name}; find(id) => a loaded message or undefined; react(message, emoji); jump(id) scrolls to
   *   a message; names () => the Names that can be mentioned; authors () => the Authors of the room
   */
  constructor({ me, find, react, jump, names, authors }) {
    this.#me = me;
    this.#find = find;
    this.#react = react;
    this.#jump = jump;
    this.#names = names;
    this.#authors = authors;
  }

  /** Creates the article of a message. */
  article(message) {
    const { author } = message;
    const article = make('article', { class: 'message', tabIndex: -1, 'data-id': message.id, 'data-author': author.id });
    const time = make('time', {});
    clock(time, message.at);
    const head = make('header', { class: 'head' }, make('bdi', { class: 'author' }), make('span', { class: 'mark' }), guestMark(), time);
    article.append(avatar(author), head, make('div', { class: 'body' }), make('ul', { class: 'reactions' }), make('p', { class: 'readers' }));
    article.classList.toggle('own', author.id === this.#me().id);
    this.refresh(article, message);
    return article;
  }

  /** Updates an article. */
  refresh(article, message) {
    const mine = this.#me();
    article.classList.toggle('own', message.author.id === mine.id);
    article.querySelector('.author').textContent = this.#authors().name(message.author);
    article.querySelector('.mark').textContent = this.#authors().mark(message.author);
    const marked = message.author.id !== mine.id && isMarked(message.author);
    article.querySelector('.guest').hidden = !marked;
    article.classList.toggle('mentioned', message.author.id !== mine.id && mentionsAmong(message.text, this.#names(), mine.name));
    article.classList.toggle('deleted', message.deleted);
    article.querySelector('.body').replaceChildren(...this.content(message));
    const note = article.querySelector('.edited');
    if (message.edited && !message.deleted && !note) {
      const edited = make('span', { class: 'edited' });
      setText(edited, 'message.edited');
      article.querySelector('.head').append(edited);
    } else if (message.deleted) {
      note?.remove();
    }
    if (message.author.id === mine.id && !article.querySelector('.tick')) {
      const tick = make('span', { class: 'tick', role: 'img' }, '✓');
      label(tick, 'message.sent');
      article.querySelector('.head').append(tick);
    }
    this.#reactions(article, message);
    const name = this.#authors().label(message.author);
    label(article, 'message.by', { name: marked ? { key: 'author.guest', name } : name, time: { time: message.at.toISOString() } });
  }

  /**
   * Updates what depends on the preceding message: date, unread line (messages after that position), author's name.
   * Returns the message's group, whose size and duration are limited so that the name is repeated.
   *
   * @param prior {message, group} of the preceding message
   */
  join(article, message, prior, unreadFrom) {
    const before = prior?.message;
    const newDay = !before || before.at.toDateString() !== message.at.toDateString();
    const firstUnread = message.position > unreadFrom && (!before || before.position <= unreadFrom);
    article.querySelectorAll(':scope > .day, :scope > .unread-line').forEach(line => line.remove());
    if (firstUnread) {
      const line = make('p', { class: 'unread-line' });
      setText(line, 'unread.line');
      article.prepend(line);
    }
    if (newDay) {
      const date = make('time', { class: 'day' });
      day(date, message.at);
      article.prepend(date);
    }
    const continued = !newDay && !firstUnread && belongs(message, prior);
    article.classList.toggle('continued', continued);
    return continued ? { from: prior.group.from, size: prior.group.size + 1 } : { from: message.at, size: 1 };
  }

  /** The content of the bubble, of sent and unsent messages. */
  content(message) {
    if (message.deleted) {
      const gone = make('p', { class: 'bubble gone' });
      setText(gone, 'message.deleted');
      return [gone];
    }
    const quote = message.target ? [this.#quote(message.target)] : [];
    if (message.file) return [...quote, this.#fileBubble(message)];
    const bubble = make('div', { class: isEmojiOnly(message.text) ? 'bubble jumbo' : 'bubble', dir: 'auto' });
    bubble.append(...quote, ...this.#rendered(message));
    return [bubble];
  }

  #rendered({ text }) {
    return render(text, this.#names(), this.#me().name);
  }

  /** A picture or file with its caption. */
  #fileBubble(message) {
    const shown = message.file.shown ? pictureElement(message.file, excerpt(message)) : fileElement(message.file);
    if (message.text === '') return shown;
    shown.classList.remove('bubble');
    return make('figure', { class: 'bubble' }, shown, make('figcaption', { dir: 'auto' }, ...this.#rendered(message)));
  }

  #quote(id) {
    const known = this.#find(id);
    const button = make('button', { type: 'button', class: 'quote' });
    const text = make('span', { class: 'quote-text', dir: 'auto' });
    if (!known) {
      setText(text, 'message.earlier');
    } else if (known.deleted) {
      setText(text, 'message.deleted');
    } else {
      button.append(make('bdi', { class: 'quote-author' }, this.#authors().label(known.author)));
      text.textContent = excerpt(known);
    }
    button.append(text);
    button.addEventListener('click', () => this.#jump(id));
    return button;
  }

  #reactions(article, message) {
    const list = article.querySelector('.reactions');
    list.hidden = message.reactions.size === 0;
    list.replaceChildren(...[...message.reactions].map(([emoji, whose]) => {
      const mine = whose.has(this.#me().id);
      const names = [...whose].map(([id, name]) => this.#authors().label({ id, name })).join(', ');
      const count = make('span', { class: 'tally' }, String(whose.size));
      const button = make('button', { type: 'button', class: 'reaction', 'aria-pressed': String(mine), title: names }, make('span', { 'aria-hidden': 'true' }, emoji), count);
      label(button, 'reaction.of', { emoji, count: whose.size, names });
      button.addEventListener('click', () => this.#react(message, emoji));
      return make('li', {}, button);
    }));
  }

  /** An item of the outbox with its state and buttons; again is null while muted. */
  pending(item, message, { again, drop }) {
    const status = make('span', { class: 'status' });
    const choices = make('span', { class: 'choices' });
    if (item.state === 'failed') setText(status, 'item.failed', { reason: item.reason });
    else setText(status, `item.${item.state === 'waiting' && item.delayed ? 'delayed' : item.state}`);
    if (again && (item.state === 'failed' || item.state === 'unsure')) choices.append(choice('item.again', again));
    if (['failed', 'unsure', 'waiting'].includes(item.state)) choices.append(choice('item.drop', drop));
    const body = make('div', { class: 'body' }, ...this.content(message));
    return make('li', { class: 'message own pending', 'data-state': item.state, 'data-key': item.key }, body, make('p', { class: 'under' }, status, choices));
  }
}

/** Whether a message continues the preceding group. */
function belongs({ author, at }, { message, group }) {
  return message.author.id === author.id && at - group.from < GROUP_MS && group.size < GROUP_MESSAGES;
}

/** One line of a message; a file name if it has no caption. */
export function excerpt(message) {
  const text = message.text || (message.file?.name ?? '');
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > QUOTE_CHARACTERS ? `${cut(line, QUOTE_CHARACTERS)}…` : line;
}

function choice(key, action) {
  const button = make('button', { type: 'button', class: 'quiet-button' });
  setText(button, key);
  button.addEventListener('click', action);
  return button;
}
