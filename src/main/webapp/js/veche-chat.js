/**
 * <veche-chat room="…" src="…" token="…">: the chat in a page of any allowed origin, in its own shadow tree.
 * room: default lobby. src: address of the chat page; default: the page of this module. token: a JWT; default: guest.
 * Event 'expiring' (detail: {expires}): the token expires soon; a new value of token replaces it without a new connection.
 * The elements are fetched from the chat page.
 */
import { Chat } from './chat.js';
import { forgetRoot } from './i18n.js';
import { initAppearance } from './appearance.js';

const HOME = new URL('..', import.meta.url);
const SHEETS = ['css/base.css', 'css/chat.css'];

class VecheChat extends HTMLElement {
  static observedAttributes = ['room', 'src', 'token'];
  #chat = null;
  #building = 0;

  connectedCallback() {
    if (this.shadowRoot === null) this.attachShadow({ mode: 'open' });
    this.#build();
  }

  disconnectedCallback() {
    this.#close();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || this.#chat === null) return;
    if (name === 'room') this.#chat.visit(after ?? '');
    else if (name === 'token' && before !== null && after !== null) this.#chat.renew(after);
    else this.#build();
  }

  async #build() {
    this.#close();
    const building = ++this.#building;
    const base = new URL(this.getAttribute('src') ?? HOME, document.baseURI);
    const [page, ...sheets] = await Promise.all(['index.html', ...SHEETS].map(path => read(new URL(path, base))));
    if (building !== this.#building) return;
    const root = this.shadowRoot;
    // Constructed style sheets are not subject to the embedding page's style-src.
    root.adoptedStyleSheets = await Promise.all(sheets.map(text => new CSSStyleSheet().replace(text)));
    root.replaceChildren(document.importNode(new DOMParser().parseFromString(page, 'text/html').getElementById('chat'), true));
    embed(root, base);
    initAppearance(root, this);
    this.#chat = new Chat(root, {
      room: this.getAttribute('room') ?? '',
      base,
      token: this.getAttribute('token'),
      ownsTitle: false,
      moved: room => this.setAttribute('room', room),
      expiring: expires => this.dispatchEvent(new CustomEvent('expiring', { detail: { expires } })),
    });
  }

  #close() {
    this.#building++;
    this.#chat?.close();
    this.#chat = null;
    if (this.shadowRoot) forgetRoot(this.shadowRoot);
  }
}

/** Removes landmarks, which would duplicate those of the page, and resolves links. */
function embed(root, base) {
  for (const landmark of root.querySelectorAll('main, .top')) {
    const plain = document.createElement(landmark.localName === 'main' ? 'section' : 'div');
    for (const { name, value } of landmark.attributes) plain.setAttribute(name, value);
    plain.append(...landmark.childNodes);
    landmark.replaceWith(plain);
  }
  root.querySelectorAll('a[href]').forEach(link => {
    link.href = new URL(link.getAttribute('href'), base).href;
    link.target = '_blank';
  });
}

async function read(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
}

customElements.define('veche-chat', VecheChat);
