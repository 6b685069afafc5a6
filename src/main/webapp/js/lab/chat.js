/** Experiment 8: two clients of the plain chat. */
import { setText, translate } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const MAX_MESSAGES = 50;
const LIMIT = 50;

function join(address, received, closed) {
  const socket = new WebSocket(address);
  socket.onmessage = event => received(event.data);
  socket.onclose = event => closed(event.code);
  return socket;
}

function send(socket, text) {
  socket.send(text);
}

export function chat() {
  const bench = new Bench('bench-8', join, send);
  const room = `lab-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  for (const view of ['.window.first', '.window.second']) initWindow(bench.find(view), room);
}

/** Initializes one window; it connects when either window gets the focus. */
function initWindow(view, room) {
  const log = view.querySelector('.received');
  const input = view.querySelector('input');
  const count = view.querySelector('.count');
  let socket = null;

  function received(text) {
    add(item => { item.textContent = text; });
  }

  function closed(code) {
    add(item => {
      item.className = 'closed';
      setText(item, 'lab.8.closed', { code: String(code) });
    });
  }

  function add(fill) {
    const item = document.createElement('li');
    fill(item);
    log.append(item);
    if (log.children.length > MAX_MESSAGES) log.firstElementChild.remove();
    log.parentElement.scrollTop = log.parentElement.scrollHeight;
  }

  function ready() {
    if (!socket || socket.readyState > WebSocket.OPEN) {
      socket = join(socketAddress('chat', { room, name: view.dataset.name }), received, closed);
    }
    return socket.readyState === WebSocket.OPEN
      ? Promise.resolve()
      : new Promise(resolve => { socket.addEventListener('open', resolve, { once: true }); });
  }

  input.addEventListener('input', () => {
    const length = [...input.value].length;
    count.textContent = translate('lab.8.count', { count: length, limit: LIMIT });
    count.classList.toggle('over', length > LIMIT);
  });
  view.addEventListener('focusin', () => document.dispatchEvent(new Event('lab-chat')));
  document.addEventListener('lab-chat', ready);
  view.addEventListener('submit', async event => {
    event.preventDefault();
    if (input.value === '') return;
    await ready();
    send(socket, input.value);
    input.value = '';
    input.dispatchEvent(new Event('input'));
  });
}
