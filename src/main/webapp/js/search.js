/** Search in the room: newest first by pages, each hit a way to its place in the talk. */
import { make } from './elements.js';
import { clock, day, hush, say } from './i18n.js';
import { places } from './markup.js';
import { excerpt } from './message-view.js';
import { refusal } from './reasons.js';
import { parse } from './search-query.js';

const HITS = 20;
/** A hit shows its message from so many characters before what was found. */
const LEAD = 40;

export class Search {
  #root;
  #ask;
  #jump;
  #before = undefined; // undefined: from the end of the log; null: the room is through
  #query = { text: '' };
  #run = 0;
  #cameFrom = null;

  /** @param ask ({text, from, files, since, until, before, limit}) => {messages, before}; jump(message dict) goes there */
  constructor(root, { ask, jump }) {
    this.#root = root;
    this.#ask = ask;
    this.#jump = jump;
    root.getElementById('search').addEventListener('submit', event => {
      event.preventDefault();
      this.#begin(root.getElementById('search-text').value.trim());
    });
    root.getElementById('search-text').addEventListener('focus', () => this.#shrink(false));
    root.getElementById('search-more').addEventListener('click', () => this.#more());
    root.getElementById('search-close').addEventListener('click', () => this.close());
    root.getElementById('search-box').addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen() {
    return !this.#root.getElementById('search-box').hidden;
  }

  /** @param cameFrom the element that has the focus back after closing */
  open(cameFrom) {
    this.#cameFrom = cameFrom;
    this.#root.getElementById('search-box').hidden = false;
    this.#root.getElementById('search-toggle').setAttribute('aria-expanded', 'true');
    this.#root.getElementById('search-text').focus();
  }

  close() {
    this.#run++;
    CSS.highlights?.delete('found');
    this.#root.getElementById('search-box').hidden = true;
    const toggle = this.#root.getElementById('search-toggle');
    toggle.setAttribute('aria-expanded', 'false');
    (this.#cameFrom?.isConnected ? this.#cameFrom : toggle).focus();
  }

  clear() {
    this.#run++;
    this.#shrink(false);
    CSS.highlights?.delete('found');
    this.#root.getElementById('hits').replaceChildren();
    this.#root.getElementById('search-more').hidden = true;
    this.#tell(null);
  }

  async #begin(written) {
    this.clear();
    if (written === '') return;
    this.#query = parse(written);
    this.#before = undefined;
    await this.#more();
  }

  /** The server looks at so many messages at a time; we ask on until something is found or the room is through. */
  async #more() {
    const run = ++this.#run;
    const hits = this.#root.getElementById('hits');
    this.#tell('search.busy');
    try {
      for (let found = { messages: [] }; found.messages.length === 0 && this.#before !== null; this.#before = found.before ?? null) {
        found = await this.#ask({ ...this.#query, before: this.#before, limit: HITS });
        if (run !== this.#run) return;
        hits.append(...found.messages.reverse().map(dict => this.#hit(dict)));
      }
    } catch (failure) {
      if (run === this.#run) this.#tell('action.failed', { reason: refusal(failure) });
      return;
    }
    this.#root.getElementById('search-more').hidden = this.#before === null;
    this.#tell('search.found', { count: hits.childElementCount });
  }

  #hit(dict) {
    const at = new Date(dict.at);
    const date = make('time', {});
    const time = make('time', {});
    day(date, at);
    clock(time, at);
    const words = make('span', { class: 'hit-text', dir: 'auto' }, ...marked(dict, this.#query.text));
    const button = make('button', { type: 'button', class: 'hit' }, make('span', { class: 'hit-head' }, make('bdi', {}, dict.author.name), date, time), words);
    button.addEventListener('click', () => this.#goTo(dict));
    return make('li', {}, button);
  }

  /** To the message, in which what was found is marked; the hits leave space for it. */
  async #goTo(dict) {
    const { text } = this.#query;
    this.#shrink(true);
    await this.#jump(dict);
    const body = this.#root.querySelector(`article[data-id="${CSS.escape(dict.id)}"] .body`);
    if (body && this.isOpen) highlight(body, text);
  }

  #shrink(shrunk) {
    this.#root.getElementById('search-box').classList.toggle('shrunk', shrunk);
  }

  #tell(key, fillings) {
    const status = this.#root.getElementById('search-status');
    if (key) say(status, key, fillings);
    else hush(status);
  }
}

/** The part of a message's text or file name that was found, with what was looked for marked. */
function marked({ text = '', name = '' }, wanted) {
  const found = [text, name].find(each => places(each, wanted).length > 0) ?? (text || name);
  const [first] = places(found, wanted)[0] ?? [0];
  const line = excerpt({ text: first > LEAD ? `…${found.slice(first - LEAD)}` : found });
  const nodes = [];
  let end = 0;
  for (const [index, length] of places(line, wanted)) {
    nodes.push(line.slice(end, index), make('mark', {}, line.slice(index, index + length)));
    end = index + length;
  }
  return [...nodes, line.slice(end)];
}

/** Marks what was found without a change to the message: its nodes stay what they are. */
function highlight(element, wanted) {
  const ranges = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    for (const [index, length] of places(nodes.currentNode.data, wanted)) {
      const range = new Range();
      range.setStart(nodes.currentNode, index);
      range.setEnd(nodes.currentNode, index + length);
      ranges.push(range);
    }
  }
  CSS.highlights?.set('found', new Highlight(...ranges));
}
