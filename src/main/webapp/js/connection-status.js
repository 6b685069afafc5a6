/** Shows readyState and, after a close, its cause and the time of the next attempt. */
import { setText } from './i18n.js';
import { closing, detail } from './reasons.js';

const NAMES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const TICK_MS = 1000;

export class ConnectionStatus {
  #root;
  #ticking = null;

  constructor(root) {
    this.#root = root;
  }

  /** Shows a readyState. */
  showState(readyState) {
    const byId = id => this.#root.getElementById(id);
    byId('state').dataset.state = readyState;
    setText(byId('state-text'), `state.${readyState}`);
    byId('leave').disabled = false;
    byId('ready-state').textContent = `${readyState} ${NAMES[readyState]}`;
    if (readyState === WebSocket.OPEN) byId('trouble').hidden = true;
    if (readyState === WebSocket.CONNECTING) {
      clearInterval(this.#ticking);
      setText(byId('trouble-next'), 'next.now');
    }
  }

  /** Shows a close (the detail of a Session's 'close'). */
  showClose(close) {
    const byId = id => this.#root.getElementById(id);
    const { key, ...values } = closing(close);
    setText(byId('trouble-text'), key, values);
    // A failed attempt does not replace the cause of the last close.
    const first = !byId('last-close').dataset.i18n;
    if (close.opened || close.left || first) setText(byId('last-close'), key, values);
    const reason = detail(close);
    byId('trouble-reason').hidden = reason === null;
    if (reason) setText(byId('trouble-reason'), 'close.reason', { reason });
    byId('trouble').hidden = false;
    byId('leave').disabled = close.retryAt === null;
    this.#countDown(close.retryAt);
  }

  #countDown(retryAt) {
    const next = this.#root.getElementById('trouble-next');
    clearInterval(this.#ticking);
    if (retryAt === null) {
      setText(next, 'next.manual');
      return;
    }
    const tick = () => {
      const count = Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
      if (count === 0) setText(next, 'next.now');
      else setText(next, 'next.in', { count });
    };
    tick();
    this.#ticking = setInterval(tick, TICK_MS);
  }
}
