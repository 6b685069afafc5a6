/**
 * Sign-in by a link with a token (#token=…; fragments are not sent to servers). The token is removed from the address at
 * once, so that it is not shared with a room's link. Users with an identity must confirm: otherwise a link could make
 * them write under another name unnoticed.
 */
import { cut } from './clusters.js';
import { setText } from './i18n.js';
import { currentName } from './place.js';
import { recall } from './preferences.js';
import { claimsOf, keepToken, keptToken } from './token.js';

const SHOWN = 64;

export class SignIn {
  #token = keptToken();
  #changed;

  /** @param changed (token) after the token has changed */
  constructor(changed) {
    this.#changed = changed;
    this.#take();
    addEventListener('hashchange', () => this.#take());
  }

  /** The current token, or null. */
  get token() {
    return this.#token;
  }

  /** The server rejected the token. */
  forget() {
    keepToken(null);
  }

  #take() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (this.#isOtherUser(token)) this.#ask(token);
    else this.#use(token);
  }

  #isOtherUser(token) {
    if (this.#token !== null) return claimsOf(token).sub !== claimsOf(this.#token).sub;
    return recall('guest') !== null && (currentName() !== '' || recall('wrote') !== null);
  }

  #ask(token) {
    const { name, sub } = claimsOf(token);
    const dialog = document.getElementById('sign-in');
    setText(document.getElementById('sign-in-title'), 'sign-in.title', { name: cut(String(name ?? sub ?? '?'), SHOWN) });
    dialog.returnValue = '';
    dialog.onclose = () => dialog.returnValue === 'take' && this.#use(token);
    if (!dialog.open) dialog.showModal();
  }

  #use(token) {
    this.#token = token;
    keepToken(token);
    this.#changed(token);
  }
}
