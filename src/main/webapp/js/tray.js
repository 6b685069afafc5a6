/** Attachments of the next message. */
import { bytes, label, setText } from './i18n.js';
import { sniff } from './media-type.js';
import { shrink } from './pictures.js';

export const MAX_FILES = 10;

export class Tray {
  #list;
  #maxBytes;
  #remark;
  #done;
  #entries = []; // {blob, name, element, url}

  /**
   * @param maxBytes () => the server's limit for one file; remark(key, values) shows why a file was refused; done()
   *   restores the focus after a removal
   */
  constructor(list, maxBytes, remark, done) {
    this.#list = list;
    this.#maxBytes = maxBytes;
    this.#remark = remark;
    this.#done = done;
  }

  get isEmpty() {
    return this.#entries.length === 0;
  }

  async add(files) {
    for (const file of files) {
      if (this.#entries.length >= MAX_FILES) {
        this.#remark('tray.full', { count: MAX_FILES });
        return;
      }
      await this.#addOne(file);
    }
  }

  /** Empties the tray and returns its files as {blob, name}. */
  take() {
    const taken = this.#entries.map(({ blob, name }) => ({ blob, name }));
    [...this.#entries].forEach(entry => this.#remove(entry));
    return taken;
  }

  async #addOne(file) {
    const name = file.name;
    if (file.size === 0) return this.#remark('tray.empty', { name });
    const fitting = await this.#fitting(file);
    if (fitting === null) {
      return this.#remark('tray.too-big', { name, size: bytes(file.size), limit: bytes(this.#maxBytes()) });
    }
    try {
      this.#show(file, fitting, await fitting.arrayBuffer());
    } catch {
      this.#remark('tray.unreadable', { name }); // a folder or a deleted file
    }
  }

  async #fitting(file) {
    return file.size <= this.#maxBytes() ? file : shrink(file, this.#maxBytes());
  }

  #show(file, sent, data) {
    const { type, picture } = sniff(new Uint8Array(data, 0, Math.min(64, data.byteLength)));
    const entry = { blob: new Blob([data], { type }), name: file.name, element: document.createElement('li'), url: null };
    if (picture) {
      entry.url = URL.createObjectURL(entry.blob);
      entry.element.append(thumbnail(entry.url));
    }
    entry.element.append(...caption(file, sent), this.#remover(entry, file.name));
    this.#entries.push(entry);
    this.#list.append(entry.element);
    this.#list.hidden = false;
  }

  #remover(entry, name) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'remove';
    button.textContent = '×';
    label(button, 'tray.remove', { name });
    button.addEventListener('click', () => {
      this.#remove(entry);
      this.#done();
    });
    return button;
  }

  #remove(entry) {
    if (entry.url) URL.revokeObjectURL(entry.url);
    this.#entries = this.#entries.filter(each => each !== entry);
    entry.element.remove();
    this.#list.hidden = this.isEmpty;
  }
}

function thumbnail(url) {
  const image = document.createElement('img');
  image.src = url;
  image.alt = '';
  return image;
}

function caption(file, sent) {
  const name = document.createElement('span');
  name.className = 'file-name';
  name.dir = 'auto';
  name.textContent = file.name;
  const size = document.createElement('span');
  size.className = 'file-size';
  if (sent === file) setText(size, bytes(file.size).key, bytes(file.size));
  else setText(size, 'tray.smaller', { from: bytes(file.size), to: bytes(sent.size) });
  return [name, size];
}
