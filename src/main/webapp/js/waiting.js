import { titled } from './media-type.js';

/** Unsent messages of the current room with their states, below the messages. */
export class Waiting {
  #list;
  #outbox;
  #view;
  #room;
  #mute;

  /** @param list the element; room () => the current Room; mute () => its active mute */
  constructor({ list, outbox, view, room, mute }) {
    this.#list = list;
    this.#outbox = outbox;
    this.#view = view;
    this.#room = room;
    this.#mute = mute;
  }

  /** Shows the items of the current room. */
  showAll() {
    this.#list.replaceChildren();
    this.#outbox.items.forEach(item => this.show(item));
  }

  /** Shows an item; removes it once it is in the log. */
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

  /** The log entry with this key was received. */
  received(key) {
    if (key) this.#find(key)?.remove();
  }

  /** The log is loaded to its end, acknowledged items included. */
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
