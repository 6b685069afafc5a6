/** The messages on the page: newest last, scrolling along while the reader is at the end, and never without bound. */
import { bytes, clock, say } from './i18n.js';
import { brokenElement, fileElement, pictureElement } from './attachments.js';
import { sniff } from './media-type.js';
import { MAX_PIXELS, pixels } from './picture-size.js';

export const MAX_MESSAGES = 500;
export const MAX_BLOB_BYTES = 64 * 1024 * 1024;
const NEAR_END_PX = 48;

export class Messages {
  #scroller;
  #said;
  #waiting;
  #newer;
  #atEnd = true;
  #top = 0;
  #unread = 0;
  #blobs = []; // {url, size, element}, oldest first
  #blobBytes = 0;
  #byItem = new Map();

  constructor({ scroller, said, waiting, newer }) {
    this.#scroller = scroller;
    this.#said = said;
    this.#waiting = waiting;
    this.#newer = newer;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    newer.addEventListener('click', () => this.toEnd());
    const keepEnd = new ResizeObserver(() => this.#atEnd && this.toEnd());
    [scroller, said, waiting].forEach(element => keepEnd.observe(element));
  }

  get isEmpty() {
    return this.#said.childElementCount + this.#waiting.childElementCount === 0;
  }

  /** What somebody said: a string or an ArrayBuffer. */
  heard(data) {
    this.#append(this.#build(data));
  }

  /** One of our own, in its present state; once said, it moves to its place in the room's order. */
  show(item, { again, drop }) {
    if (item.state === 'said') {
      this.forget(item);
      const element = this.#build(item.data);
      element.classList.add('own');
      element.prepend(you());
      this.#append(element);
      return;
    }
    const element = this.#byItem.get(item.id) ?? this.#waitingElement(item);
    element.dataset.state = item.state;
    say(element.querySelector('.status'), `item.${item.state}`);
    const buttons = item.state === 'unsure' ? [button('item.again', again), button('item.drop', drop)] : [];
    element.querySelector('.choices').replaceChildren(...buttons);
  }

  /** Takes an item that is not said yet off the page. */
  forget(item) {
    const element = this.#byItem.get(item.id);
    if (element) this.#discard(element);
    this.#byItem.delete(item.id);
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#read();
  }

  #waitingElement(item) {
    const element = this.#build(item.data);
    element.classList.add('own');
    element.prepend(you());
    element.querySelector('.under').append(span('status'), span('choices'));
    this.#waiting.append(element);
    this.#byItem.set(item.id, element);
    this.toEnd();
    return element;
  }

  #build(data) {
    const element = document.createElement('li');
    element.className = 'message';
    const under = document.createElement('div');
    under.className = 'under';
    const time = document.createElement('time');
    clock(time, new Date());
    under.append(time);
    element.append(typeof data === 'string' ? text(data) : this.#attachment(data), under);
    return element;
  }

  #attachment(data) {
    const { type, extension, picture } = sniff(new Uint8Array(data, 0, Math.min(64, data.byteLength)));
    const blob = new Blob([data], { type });
    const url = URL.createObjectURL(blob);
    const size = bytes(blob.size);
    const element = attachmentElement(url, size, { type, extension, picture, shown: picture && pixels(data, type) <= MAX_PIXELS });
    this.#blobs.push({ url, size: blob.size, element });
    this.#blobBytes += blob.size;
    while (this.#blobBytes > MAX_BLOB_BYTES) this.#letGo(this.#blobs[0]);
    return element;
  }

  #append(element) {
    this.#said.append(element);
    while (this.#said.childElementCount > MAX_MESSAGES) this.#discard(this.#said.firstElementChild);
    if (this.#atEnd) this.toEnd();
    else this.#countUnread();
  }

  #discard(element) {
    this.#blobs.filter(blob => element.contains(blob.element)).forEach(blob => this.#letGo(blob));
    element.remove();
  }

  #letGo(blob) {
    URL.revokeObjectURL(blob.url);
    this.#blobs.splice(this.#blobs.indexOf(blob), 1);
    this.#blobBytes -= blob.size;
    const note = document.createElement('p');
    note.className = 'bubble released';
    say(note, 'item.released');
    blob.element.replaceWith(note);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const up = scrollTop < this.#top;
    this.#top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.#read();
    else if (up) this.#atEnd = false; // only a reader scrolls up; a picture that has just loaded moves the end down
  }

  #countUnread() {
    this.#unread++;
    say(this.#newer, 'newer', { count: this.#unread });
    this.#newer.hidden = false;
  }

  #read() {
    this.#atEnd = true;
    this.#unread = 0;
    this.#newer.hidden = true;
  }
}

function attachmentElement(url, size, { type, extension, picture, shown }) {
  if (shown) return pictureElement(url, type, extension, size);
  return picture ? brokenElement(url, extension, size) : fileElement(url, extension, size);
}

function text(data) {
  const element = document.createElement('p');
  element.className = 'bubble';
  element.dir = 'auto';
  element.textContent = data;
  return element;
}

function you() {
  const element = span('visually-hidden');
  say(element, 'item.you');
  return element;
}

function span(className) {
  const element = document.createElement('span');
  element.className = className;
  return element;
}

function button(key, action) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'quiet-button';
  say(element, key);
  element.addEventListener('click', action);
  return element;
}
