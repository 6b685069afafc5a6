/** Bench 8: the tutorial's chat, twice. */
import { say, words } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const MAX_HEARD = 50;
const LIMIT = 50;

function join(address, hear, closed) {
  const socket = new WebSocket(address);
  socket.onmessage = event => hear(event.data);
  socket.onclose = event => closed(event.code);
  return socket;
}

function speak(socket, text) {
  socket.send(text);
}

export function chat() {
  const bench = new Bench('bench-8', join, speak);
  const room = `lab-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  for (const view of ['.window.first', '.window.second']) furnish(bench.find(view), room);
}

/** One window: it connects when it is first spoken in, or when its neighbour is. */
function furnish(view, room) {
  const heard = view.querySelector('.heard');
  const input = view.querySelector('input');
  const count = view.querySelector('.count');
  let socket = null;

  function hear(text) {
    add(item => { item.textContent = text; });
  }

  function closed(code) {
    add(item => {
      item.className = 'closed';
      say(item, 'lab.8.closed', { code: String(code) });
    });
  }

  function add(fill) {
    const item = document.createElement('li');
    fill(item);
    heard.append(item);
    if (heard.children.length > MAX_HEARD) heard.firstElementChild.remove();
    heard.parentElement.scrollTop = heard.parentElement.scrollHeight;
  }

  function ready() {
    if (!socket || socket.readyState > WebSocket.OPEN) {
      socket = join(socketAddress('chat', { room, name: view.dataset.name }), hear, closed);
    }
    return socket.readyState === WebSocket.OPEN
      ? Promise.resolve()
      : new Promise(resolve => { socket.addEventListener('open', resolve, { once: true }); });
  }

  input.addEventListener('input', () => {
    const length = [...input.value].length;
    count.textContent = words('lab.8.count', { count: length, limit: LIMIT });
    count.classList.toggle('over', length > LIMIT);
  });
  view.addEventListener('focusin', () => document.dispatchEvent(new Event('lab-chat')));
  document.addEventListener('lab-chat', ready);
  view.addEventListener('submit', async event => {
    event.preventDefault();
    if (input.value === '') return;
    await ready();
    speak(socket, input.value);
    input.value = '';
    input.dispatchEvent(new Event('input'));
  });
}
