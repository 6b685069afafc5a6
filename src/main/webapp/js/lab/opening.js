/** Experiment 1: the handshake as reported by the server. */
import { setText } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const GLOSSED = new Set(['host', 'connection', 'upgrade', 'origin', 'sec-websocket-version', 'sec-websocket-key', 'sec-websocket-accept', 'sec-websocket-extensions', 'sec-websocket-protocol', 'user-agent', 'accept-language', 'cookie']);

function open(address, note, show) {
  const socket = new WebSocket(address);
  note('new', socket.readyState);
  socket.onopen = () => {
    note('open', socket.readyState);
  };
  socket.onmessage = event => {
    note('message');
    show(JSON.parse(event.data));
  };
  socket.onerror = () => note('error');
  socket.onclose = event => note('close', event.code);
  return socket;
}

export function opening() {
  const bench = new Bench('bench-1', open);
  let socket = null;
  const note = (event, value) => {
    bench.note(event === 'new' ? 'new WebSocket' : event, `lab.1.${event}`, { state: String(value), code: String(value) });
    bench.find('.close').disabled = event === 'close';
  };
  bench.on('.run', 'click', () => {
    socket?.close();
    bench.begin();
    socket = open(socketAddress('lab/socket', { do: 'tell' }), note, ({ request, answer }) => {
      showPart(bench.find('.request'), request);
      showPart(bench.find('.answer'), answer);
    });
  });
  bench.on('.close', 'click', () => socket.close(1000));
}

function showPart(part, { line, fields }) {
  part.querySelector('.start-line').textContent = line;
  part.querySelector('tbody').replaceChildren(...fields.map(([name, value]) => row(name, value)));
  part.hidden = false;
}

function row(name, value) {
  const row = document.createElement('tr');
  const field = document.createElement('th');
  const content = document.createElement('td');
  const meaning = document.createElement('td');
  const known = name.toLowerCase();
  field.scope = 'row';
  field.textContent = name;
  content.textContent = value;
  content.className = 'value';
  if (GLOSSED.has(known)) setText(meaning, `lab.field.${known}`);
  row.append(field, content, meaning);
  return row;
}
