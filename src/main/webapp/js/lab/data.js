/** Experiment 3: echo of text and bytes. */
import { translate } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const PREVIEWED_BYTES = 12;

function connect(address, binaryType, received) {
  const socket = new WebSocket(address);
  socket.binaryType = binaryType;
  socket.onmessage = event => received(event.data);
  return socket;
}

function dataOf(kind, text) {
  if (kind === 'string') return text;
  if (kind === 'Blob') return new Blob([text]);
  return new TextEncoder().encode(text).buffer;
}

export function data() {
  const bench = new Bench('bench-3', connect, dataOf);
  const binaryType = () => bench.find('input[name="binary-type"]:checked').value;
  let socket = null;

  async function received(message) {
    const { kind, size, preview } = await describe(message);
    bench.note('message', 'lab.3.received', { kind, size, preview });
  }

  function use(action) {
    if (socket?.readyState === WebSocket.OPEN) return action();
    if (socket?.readyState !== WebSocket.CONNECTING) {
      bench.begin();
      socket = connect(socketAddress('lab/socket'), binaryType(), received);
      socket.onclose = ({ code, wasClean }) => wasClean || bench.note('close', 'lab.3.error', { code: String(code) });
    }
    socket.addEventListener('open', action);
  }

  bench.on('.type', 'change', () => {
    if (socket) socket.binaryType = binaryType();
  });
  bench.on('form', 'submit', ({ submitter }) => {
    const message = dataOf(submitter.value, bench.find('#data-text').value || translate('lab.3.example'));
    use(async () => {
      socket.send(message);
      const { kind, size } = await describe(message);
      bench.note('send()', 'lab.3.sent', { kind, size });
    });
  });
}

async function describe(message) {
  if (typeof message === 'string') {
    const bytes = new TextEncoder().encode(message).length;
    const characters = { key: 'lab.3.characters', count: [...message].length };
    return { kind: 'string', size: { key: 'lab.3.text-size', characters, bytes: { key: 'lab.3.bytes', count: bytes } }, preview: message };
  }
  const buffer = message instanceof Blob ? await message.arrayBuffer() : message;
  const start = [...new Uint8Array(buffer, 0, Math.min(buffer.byteLength, PREVIEWED_BYTES))];
  const hex = start.map(byte => byte.toString(16).padStart(2, '0')).join(' ');
  return {
    kind: message.constructor.name,
    size: { key: 'lab.3.bytes', count: buffer.byteLength },
    preview: buffer.byteLength > PREVIEWED_BYTES ? `${hex} …` : hex,
  };
}
