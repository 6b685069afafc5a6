/** Message form: text, reply or edit context, and files by button, drop or paste. */
import { draftOf, keepDraft } from './drafts.js';
import { label, placeholder, setText } from './i18n.js';
import { MAX_CHARACTERS, characters, maxFileBytes } from './limits.js';
import { NameCompletion } from './name-completion.js';
import { excerpt } from './message-view.js';
import { Tray } from './tray.js';

const COUNT_FROM = 0.8;
/** On-screen keyboards have no Shift+Enter: there Enter starts a new line and the button sends. */
const TOUCH = matchMedia('(pointer: coarse)');

export class Composer extends EventTarget {
  #root;
  #field;
  #remark;
  #tray;
  #names;
  #room = null;
  #context = null; // {kind: 'reply' or 'edit', message}
  #muted = null;

  /**
   * Events: 'send' (detail: {text, files, target}), 'edit' (detail: {message, text}), 'typing', 'edit-last'.
   * @param names () => the names that can be mentioned
   */
  constructor(root, names) {
    super();
    this.#root = root;
    this.#field = root.getElementById('message-text');
    if (TOUCH.matches) this.#field.enterKeyHint = 'enter';
    this.#remark = root.getElementById('remark');
    this.#tray = new Tray(root.getElementById('tray'), maxFileBytes, (key, values) => this.remark(key, values), () => this.focus());
    this.#names = new NameCompletion(this.#field, root.getElementById('names'), names);
    root.getElementById('composer').addEventListener('submit', event => this.#submitted(event));
    root.getElementById('context-cancel').addEventListener('click', () => this.cancel());
    root.getElementById('files').addEventListener('change', ({ target }) => this.#picked(target));
    this.#field.addEventListener('keydown', event => this.#key(event));
    this.#field.addEventListener('input', () => this.#changed());
    this.#acceptFiles(root, root.getElementById('drop'));
  }

  focus() {
    this.#field.focus();
  }

  /** Restores the draft of a room. */
  enter(room) {
    this.#room = room;
    this.#context = null;
    this.#field.value = draftOf(room);
    placeholder(this.#field, 'compose.placeholder', { room });
    this.#showContext();
    this.#measure();
  }

  /** Shows a remark on the message being composed. */
  remark(key, values) {
    setText(this.#remark, key, values);
    this.#remark.hidden = false;
  }

  /** Disables the form with a reason, or enables it with null. The draft stays. @param why {key, …values} */
  mute(why) {
    const ended = this.#muted !== null && why === null;
    this.#muted = why;
    this.#field.readOnly = why !== null;
    for (const id of ['send', 'files', 'emoji-button']) this.#root.getElementById(id).disabled = why !== null;
    if (why) this.remark(why.key, why);
    else if (ended) this.#remark.hidden = true;
  }

  /** Shows the mode of the room. @param mode {key, …values} or null */
  showMode(mode) {
    const line = this.#root.getElementById('mode');
    line.hidden = mode === null;
    if (mode) setText(line, mode.key, mode);
  }

  reply(message) {
    this.#context = { kind: 'reply', message };
    this.#showContext();
    this.focus();
  }

  edit(message) {
    this.#context = { kind: 'edit', message };
    this.#field.value = message.text;
    this.#showContext();
    this.#measure();
    this.focus();
  }

  /** Cancels a reply or an edit; after an edit the draft returns. */
  cancel() {
    if (this.#context?.kind === 'edit') this.#field.value = draftOf(this.#room);
    this.#context = null;
    this.#showContext();
    this.#measure();
    this.focus();
  }

  /** Inserts at the cursor. */
  insert(text) {
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, 'end');
    this.focus();
    this.#changed();
  }

  #submitted(event) {
    event.preventDefault();
    if (this.#muted) return;
    const text = this.#field.value.trim();
    const excess = characters(text) - MAX_CHARACTERS;
    this.#remark.hidden = true;
    if (excess > 0) return this.remark('compose.too-long', { count: excess, limit: MAX_CHARACTERS });
    if (this.#context?.kind === 'edit') return this.#edited(text);
    const files = this.#tray.take();
    if (text === '' && files.length === 0) return this.focus();
    const target = this.#context?.message.id ?? null;
    this.dispatchEvent(new CustomEvent('send', { detail: { text, files, target } }));
    this.#clear();
  }

  #edited(text) {
    const { message } = this.#context;
    if (text === '' && !message.file) return this.remark('edit.empty');
    if (text !== message.text) this.dispatchEvent(new CustomEvent('edit', { detail: { message, text } }));
    this.cancel();
  }

  #clear() {
    this.#context = null;
    this.#field.value = '';
    keepDraft(this.#room, '');
    this.#showContext();
    this.#measure();
    this.focus();
  }

  #key(event) {
    if (event.isComposing || this.#names.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !TOUCH.matches) {
      event.preventDefault();
      this.#root.getElementById('composer').requestSubmit();
    } else if (event.key === 'Escape' && this.#context) {
      event.stopPropagation();
      this.cancel();
    } else if (event.key === 'ArrowUp' && !event.altKey && this.#field.value === '') {
      event.preventDefault();
      this.dispatchEvent(new Event('edit-last'));
    }
  }

  #changed() {
    if (this.#context?.kind !== 'edit') keepDraft(this.#room, this.#field.value);
    if (this.#field.value !== '') this.dispatchEvent(new Event('typing'));
    this.#measure();
  }

  #measure() {
    this.#field.style.height = 'auto';
    if (this.#field.value !== '') this.#field.style.height = `${this.#field.scrollHeight + 2}px`; // a long placeholder would count
    const length = characters(this.#field.value.trim());
    const count = this.#root.getElementById('count');
    count.textContent = length >= MAX_CHARACTERS * COUNT_FROM ? `${length}/${MAX_CHARACTERS}` : '';
    count.classList.toggle('over', length > MAX_CHARACTERS);
    this.#field.setAttribute('aria-invalid', String(length > MAX_CHARACTERS));
    if (length <= MAX_CHARACTERS && !this.#muted) this.#remark.hidden = true;
  }

  #showContext() {
    const box = this.#root.getElementById('context');
    box.hidden = this.#context === null;
    setText(this.#root.getElementById('send-text'), this.#context?.kind === 'edit' ? 'save' : 'send');
    if (this.#context === null) return;
    const { kind, message } = this.#context;
    setText(this.#root.getElementById('context-title'), `context.${kind}`, { name: message.author.name });
    this.#root.getElementById('context-text').textContent = excerpt(message);
    label(this.#root.getElementById('context-cancel'), `context.${kind}.cancel`);
  }

  #add(files) {
    if (this.#muted) return;
    this.#remark.hidden = true;
    this.#tray.add(files);
    this.focus();
  }

  #picked(input) {
    this.#add([...input.files]);
    input.value = '';
  }

  #acceptFiles(area, drop) {
    const hasFiles = event => event.dataTransfer.types.includes('Files');
    area.addEventListener('paste', event => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      this.#add(files);
    });
    area.addEventListener('dragover', event => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      drop.hidden = false;
    });
    area.addEventListener('dragleave', event => {
      if (event.relatedTarget === null || !area.contains(event.relatedTarget)) drop.hidden = true;
    });
    area.addEventListener('drop', event => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      drop.hidden = true;
      this.#add([...event.dataTransfer.files]);
    });
  }
}
