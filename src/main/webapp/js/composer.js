/** The form at the foot of the talk: a line of text, and files by button, drop or paste. */
import { say } from './i18n.js';
import { characters, maxBinaryBytes, maxCharacters } from './limits.js';
import { Tray } from './tray.js';

const COUNT_FROM = 0.6;

export class Composer {
  #form = document.getElementById('composer');
  #line = document.getElementById('say');
  #remark = document.getElementById('remark');
  #drop = document.getElementById('drop');
  #tray = new Tray(document.getElementById('tray'), maxBinaryBytes, (key, fillings) => this.remark(key, fillings));
  #submit;

  /** @param submit (data) => whether it was taken; called for each file, then for the text */
  constructor(submit) {
    this.#submit = submit;
    this.#form.addEventListener('submit', event => this.#submitted(event));
    this.#line.addEventListener('input', () => this.#count());
    document.addEventListener('paste', event => this.#pasted(event));
    document.getElementById('files').addEventListener('change', event => this.#picked(event.target));
    this.#acceptDrops();
    this.#count();
  }

  /** Tells the writer something about what they are about to say. */
  remark(key, fillings) {
    say(this.#remark, key, fillings);
    this.#remark.hidden = false;
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.#line.value.trim();
    const excess = characters(text) - maxCharacters();
    this.#remark.hidden = true;
    if (excess > 0) return this.remark('say.too-long', { count: excess, limit: maxCharacters() });
    const taken = [...this.#tray.take(), ...(text ? [text] : [])].map(data => this.#submit(data));
    if (taken.includes(false)) return this.remark('waiting.full');
    this.#line.value = '';
    this.#count();
    this.#line.focus();
  }

  #count() {
    const limit = maxCharacters();
    const length = characters(this.#line.value.trim());
    const near = length >= limit * COUNT_FROM;
    const count = document.getElementById('count');
    count.textContent = near ? `${length}/${limit}` : '';
    count.classList.toggle('over', length > limit);
    this.#line.setAttribute('aria-invalid', String(length > limit));
    const left = document.getElementById('count-words');
    if (length > limit) say(left, 'say.too-long', { count: length - limit, limit });
    else say(left, 'say.left', { count: limit - length });
    if (length <= limit) this.#remark.hidden = true;
  }

  #add(files) {
    this.#remark.hidden = true;
    this.#tray.add(files);
    this.#line.focus();
  }

  #picked(input) {
    this.#add([...input.files]);
    input.value = '';
  }

  #pasted(event) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    this.#add(files);
  }

  #acceptDrops() {
    const carriesFiles = event => event.dataTransfer.types.includes('Files');
    document.addEventListener('dragover', event => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.#drop.hidden = false;
    });
    document.addEventListener('dragleave', event => {
      if (event.relatedTarget === null) this.#drop.hidden = true;
    });
    document.addEventListener('drop', event => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.#drop.hidden = true;
      this.#add([...event.dataTransfer.files]);
    });
  }
}
