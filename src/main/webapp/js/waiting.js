import { titled } from './media-type.js';

/** What the reader has said and the room has not repeated yet, under the messages, each with its state. */
export class Waiting {
  #list;
  #outbox;
  #view;
  #room;
  #mute;

  /** @param list the element; room () => the Room on the page; mute () => the mute that holds there */
  constructor({ list, outbox, view, room, mute }) {
    this.#list = list;
    this.#outbox = outbox;
    this.#view = view;
    this.#room = room;
    this.#mute = mute;
  }

  /** Shows the items of the room on the page. */
  showAll() {
    this.#list.replaceChildren();
    this.#outbox.items.forEach(item => this.show(item));
  }

  /** One item, in its present state; once the log has it, it is a message among the others. */
  show(item) {
    if (item.procedure !== 'veche.send' || item.room !== this.#room().name) return;
    const known = this.#find(item.key);
    const { log } = this.#room();
    if (item.state === 'dropped' || (item.state === 'acknowledged' && item.message.position <= log.tail)) {
      known?.remove();
      return;
    }
    const choices = { again: this.#mute() ? null : () => this.#outbox.again(item), drop: () => this.#outbox.remove(item) };
    const element = this.#view.pending(item, contentOf(item), choices);
    if (known) known.replaceWith(element);
    else this.#list.append(element);
  }

  /** The room has repeated what bears this key. */
  heard(key) {
    if (key) this.#find(key)?.remove();
  }

  /** The log has been read up to its end: what it has acknowledged is in there. */
  caughtUp() {
    this.#list.querySelectorAll('[data-state="acknowledged"]').forEach(element => element.remove());
  }

  #find(key) {
    return [...this.#list.children].find(element => element.dataset.key === key);
  }
}

function contentOf(item) {
  const { data, target } = item;
  const { text, name } = titled(item);
  const picture = data?.type.startsWith('image/');
  return { text, target, file: data && { blob: data, type: data.type, name: name ?? '', picture, shown: picture } };
}
