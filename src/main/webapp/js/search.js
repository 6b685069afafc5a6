/** Search in the room: paged, newest first; hits lead to their messages. */
import { isMarked } from './authors.js';
import { make } from './elements.js';
import { clock, day, clearText, setText } from './i18n.js';
import { places } from './markup.js';
import { excerpt, guestMark } from './message-view.js';
import { refusal } from './reasons.js';
import { parse } from './search-query.js';

const HITS = 20;
/** Characters shown before the match. */
const LEAD = 40;

export class Search {
  #root;
  #ask;
  #jump;
  #before = undefined; // undefined: from the end of the log; null: finished
  #query = { text: '' };
  #run = 0;
  #cameFrom = null;

  /** @param ask ({text, from, files, since, until, before, limit}) => {messages, before}; jump(message dict) scrolls there */
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

  /** @param cameFrom the element to focus after closing */
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
    this.#showStatus(null);
  }

  async #begin(input) {
    this.clear();
    if (input === '') return;
    this.#query = parse(input);
    this.#before = undefined;
    await this.#more();
  }

  /** Each call searches a limited number of messages; repeats until a match or the start of the log. */
  async #more() {
    const run = ++this.#run;
    const hits = this.#root.getElementById('hits');
    this.#showStatus('search.busy');
    try {
      for (let found = { messages: [] }; found.messages.length === 0 && this.#before !== null; this.#before = found.before ?? null) {
        found = await this.#ask({ ...this.#query, before: this.#before, limit: HITS });
        if (run !== this.#run) return;
        hits.append(...found.messages.reverse().map(dict => this.#hit(dict)));
      }
    } catch (failure) {
      if (run === this.#run) this.#showStatus('action.failed', { reason: refusal(failure) });
      return;
    }
    this.#root.getElementById('search-more').hidden = this.#before === null;
    this.#showStatus('search.found', { count: hits.childElementCount });
  }

  #hit(dict) {
    const at = new Date(dict.at);
    const date = make('time', {});
    const time = make('time', {});
    day(date, at);
    clock(time, at);
    const text = make('span', { class: 'hit-text', dir: 'auto' }, ...marked(dict, this.#query.text));
    const button = make('button', { type: 'button', class: 'hit' }, make('span', { class: 'hit-head' }, make('bdi', {}, dict.author.name), ...(isMarked(dict.author) ? [guestMark()] : []), date, time), text);
    button.addEventListener('click', () => this.#goTo(dict));
    return make('li', {}, button);
  }

  /** Jumps to the message, highlights the matches and shrinks the hits. */
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

  #showStatus(key, values) {
    const status = this.#root.getElementById('search-status');
    if (key) setText(status, key, values);
    else clearText(status);
  }
}

/** The matching part of a message's text or file name with marked matches. */
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

/** Highlights the matches without changing the DOM. */
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
