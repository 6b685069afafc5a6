/**
 * Signing in by a link that brings a token (#token=…; fragments are never sent to a server). The token leaves the address
 * at once, so that nobody passes it on with a room's link. Who is somebody here already is asked first: else a link could
 * make its reader write under another's name without noticing.
 */
import { cut } from './clusters.js';
import { say } from './i18n.js';
import { currentName } from './place.js';
import { recall } from './preferences.js';
import { claimsOf, keepToken, keptToken } from './token.js';

const SHOWN = 64;

export class SignIn {
  #token = keptToken();
  #changed;

  /** @param changed (token) after another token came into use */
  constructor(changed) {
    this.#changed = changed;
    this.#take();
    addEventListener('hashchange', () => this.#take());
  }

  /** The token in use, or null. */
  get token() {
    return this.#token;
  }

  /** The server does not take it. */
  forget() {
    keepToken(null);
  }

  #take() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (this.#isSomebodyElse(token)) this.#ask(token);
    else this.#use(token);
  }

  #isSomebodyElse(token) {
    if (this.#token !== null) return claimsOf(token).sub !== claimsOf(this.#token).sub;
    return recall('guest') !== null && (currentName() !== '' || recall('wrote') !== null);
  }

  #ask(token) {
    const { name, sub } = claimsOf(token);
    const dialog = document.getElementById('sign-in');
    say(document.getElementById('sign-in-title'), 'sign-in.title', { name: cut(String(name ?? sub ?? '?'), SHOWN) });
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
