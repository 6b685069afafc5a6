/** What the reader does with words: says, edits, takes back, reacts, types; and what becomes of it on the way. */
import { bytes, say } from './i18n.js';
import { excerpt } from './message-view.js';
import { remember } from './preferences.js';

const TYPING_MS = 3000;

export class Speech {
  #root;
  #session;
  #outbox;
  #composer;
  #waiting;
  #list;
  #room;
  #me;
  #said;
  #changed;
  #typedAt = -Infinity;

  /** @param room () => the Room on the page; me () => the Identity; said () after the reader spoke; changed () when what waits has */
  constructor({ root, session, outbox, composer, waiting, list, room, me, said, changed }) {
    this.#root = root;
    this.#session = session;
    this.#outbox = outbox;
    this.#composer = composer;
    this.#waiting = waiting;
    this.#list = list;
    this.#room = room;
    this.#me = me;
    this.#said = said;
    this.#changed = changed;
    outbox.addEventListener('item', ({ detail }) => this.#itemChanged(detail));
    outbox.addEventListener('progress', ({ detail }) => this.#showProgress(detail));
    composer.addEventListener('say', ({ detail }) => this.#say(detail));
    composer.addEventListener('edit', ({ detail: { message, text } }) => this.#amend('veche.edit', message, text));
    composer.addEventListener('typing', () => this.#typing());
    composer.addEventListener('edit-last', () => this.#editLast());
  }

  react(message, emoji) {
    this.#amend('veche.react', message, emoji);
  }

  /** Takes a message back, if the reader says so once more. */
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

  #say({ text, files, target }) {
    const room = this.#room().name;
    const messages = files.length > 0 ? files.map(({ blob, name }) => ({ name, data: blob })) : [{}];
    messages.at(-1).text = text || null; // the caption of the last file
    const taken = messages.map(message => this.#outbox.add({ room, target, ...message }));
    if (taken.includes(null)) this.#composer.remark('waiting.full');
    remember('wrote', '1');
    this.#typedAt = -Infinity; // what comes next is a new message
    this.#list.markUnread(Infinity);
    this.#said();
  }

  /** The last one said; while something is still on its way, nobody can tell which that will be. */
  #editLast() {
    if (this.#byId('waiting').childElementCount > 0) return;
    const last = this.#room().log.messages.findLast(({ author, editable, deleted }) => author.id === this.#me().id && editable && !deleted);
    if (last) this.#composer.edit(last);
  }

  #typing() {
    const now = performance.now();
    if (now - this.#typedAt < TYPING_MS || !this.#session.isOpen) return;
    this.#typedAt = now;
    this.#session.call('veche.typing', { room: this.#room().name }).catch(() => {}); // nobody misses it
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
    say(this.#byId('progress-label'), 'progress', { done: bytes(done), total: bytes(total) });
  }
}
