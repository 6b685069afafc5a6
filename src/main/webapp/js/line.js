/** Shows how the connection stands: readyState in words, and after a close why, and when the next try comes. */
import { say } from './i18n.js';
import { closing, detail } from './reasons.js';

const NAMES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const TICK_MS = 1000;

export class Line {
  #root;
  #ticking = null;

  constructor(root) {
    this.#root = root;
  }

  /** Shows a readyState. */
  showState(readyState) {
    const byId = id => this.#root.getElementById(id);
    byId('state').dataset.state = readyState;
    say(byId('state-word'), `state.${readyState}`);
    byId('leave').disabled = false;
    byId('ready-state').textContent = `${readyState} ${NAMES[readyState]}`;
    if (readyState === WebSocket.OPEN) byId('trouble').hidden = true;
    if (readyState === WebSocket.CONNECTING) {
      clearInterval(this.#ticking);
      say(byId('trouble-next'), 'next.now');
    }
  }

  /** Shows a close (the detail of a Session's 'close'). */
  showClose(close) {
    const byId = id => this.#root.getElementById(id);
    const { key, ...fillings } = closing(close);
    say(byId('trouble-words'), key, fillings);
    // A try that failed says nothing new about why the last connection ended.
    const first = !byId('last-close').dataset.words;
    if (close.opened || close.left || first) say(byId('last-close'), key, fillings);
    const reason = detail(close);
    byId('trouble-reason').hidden = reason === null;
    if (reason) say(byId('trouble-reason'), 'close.reason', { reason });
    byId('trouble').hidden = false;
    byId('leave').disabled = close.retryAt === null;
    this.#countDown(close.retryAt);
  }

  #countDown(retryAt) {
    const next = this.#root.getElementById('trouble-next');
    clearInterval(this.#ticking);
    if (retryAt === null) {
      say(next, 'next.manual');
      return;
    }
    const tick = () => {
      const count = Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
      if (count === 0) say(next, 'next.now');
      else say(next, 'next.in', { count });
    };
    tick();
    this.#ticking = setInterval(tick, TICK_MS);
  }
}
