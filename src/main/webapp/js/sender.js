/** Sends, edits and deletes messages, reactions and typing signals, and shows the progress. */
import { bytes, setText } from './i18n.js';
import { excerpt } from './message-view.js';
import { remember } from './preferences.js';

const TYPING_MS = 3000;

export class Sender {
  #root;
  #session;
  #outbox;
  #composer;
  #waiting;
  #list;
  #room;
  #me;
  #sent;
  #changed;
  #typedAt = -Infinity;

  /** @param room () => the current Room; me () => the Identity; sent () after a message was queued; changed () after the unsent ones changed */
  constructor({ root, session, outbox, composer, waiting, list, room, me, sent, changed }) {
    this.#root = root;
    this.#session = session;
    this.#outbox = outbox;
    this.#composer = composer;
    this.#waiting = waiting;
    this.#list = list;
    this.#room = room;
    this.#me = me;
    this.#sent = sent;
    this.#changed = changed;
    outbox.addEventListener('item', ({ detail }) => this.#itemChanged(detail));
    outbox.addEventListener('progress', ({ detail }) => this.#showProgress(detail));
    composer.addEventListener('send', ({ detail }) => this.#send(detail));
    composer.addEventListener('edit', ({ detail: { message, text } }) => this.#amend('veche.edit', message, text));
    composer.addEventListener('typing', () => this.#typing());
    composer.addEventListener('edit-last', () => this.#editLast());
  }

  react(message, emoji) {
    this.#amend('veche.react', message, emoji);
  }

  /** Deletes a message after confirmation. */
  remove(message) {
    const dialog = this.#byId('remove');
    this.#byId('remove-text').textContent = excerpt(message);
    dialog.returnValue = '';
    dialog.addEventListener('close', () => dialog.returnValue === 'remove' && this.#amend('veche.delete', message), { once: true });
    dialog.showModal();
  }

  #byId(id) {
    return this.#root.getElementById(id);
  }

  #amend(procedure, { id }, text) {
    this.#outbox.add({ room: this.#room().name, procedure, target: id, text });
  }

  #send({ text, files, target }) {
    const room = this.#room().name;
    const messages = files.length > 0 ? files.map(({ blob, name }) => ({ name, data: blob })) : [{}];
    messages.at(-1).text = text || null; // the caption of the last file
    const taken = messages.map(message => this.#outbox.add({ room, target, ...message }));
    if (taken.includes(null)) this.#composer.remark('waiting.full');
    remember('wrote', '1');
    this.#typedAt = -Infinity; // the next input is a new message
    this.#list.markUnread(Infinity);
    this.#sent();
  }

  /** Edits the last own message, unless unsent messages may still follow it. */
  #editLast() {
    if (this.#byId('waiting').childElementCount > 0) return;
    const last = this.#room().log.messages.findLast(({ author, editable, deleted }) => author.id === this.#me().id && editable && !deleted);
    if (last) this.#composer.edit(last);
  }

  #typing() {
    const now = performance.now();
    if (now - this.#typedAt < TYPING_MS || !this.#session.isOpen) return;
    this.#typedAt = now;
    this.#session.call('veche.typing', { room: this.#room().name }).catch(() => {}); // not important
  }

  #itemChanged(item) {
    this.#waiting.show(item);
    this.#changed();
    if (item.procedure !== 'veche.send' && item.state === 'failed') {
      this.#composer.remark('action.failed', { reason: item.reason });
      this.#outbox.remove(item);
    }
  }

  #showProgress({ done, total }) {
    this.#byId('progress-box').hidden = total === 0 || total === done;
    this.#byId('progress').max = total || 1;
    this.#byId('progress').value = done;
    setText(this.#byId('progress-label'), 'progress', { done: bytes(done), total: bytes(total) });
  }
}
