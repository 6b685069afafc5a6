/** Experiment 4: bufferedAmount while the server reads slowly. */
import { bytes, setText } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';
import { limits } from './limits.js';
import { Plot } from './plot.js';

const TOTAL = 8 * 1024 * 1024;
const HELD_BACK = 256 * 1024;
const CHUNK = 32 * 1024;
const SAMPLE_MS = 100;

function sendMuch(socket, chunk, total, most, every) {
  let sent = 0;
  const timer = setInterval(() => {
    const open = socket.readyState === WebSocket.OPEN;
    if (sent >= total || !open) {
      clearInterval(timer);
    } else if (socket.bufferedAmount < most) {
      socket.send(chunk);
      sent += chunk.byteLength;
    }
  }, every);
  return () => sent;
}

export function buffer() {
  const bench = new Bench('bench-4', sendMuch);
  const plot = new Plot(bench.find('.plot'), bench.find('tbody'));
  const throttle = bench.find('#throttle');
  let socket = null;

  function begin({ maxMessageBytes, maxBytes }) {
    const total = Math.min(TOTAL, maxBytes);
    const chunk = crypto.getRandomValues(new Uint8Array(Math.min(CHUNK, maxMessageBytes)));
    let taken = 0;
    let sent = () => 0;
    bench.begin();
    plot.begin(total);
    socket = new WebSocket(socketAddress('lab/socket', { do: 'slow' }));
    socket.onopen = () => {
      sent = sendMuch(socket, chunk, total, throttle.checked ? HELD_BACK : Infinity, 5);
    };
    socket.onmessage = ({ data }) => { taken = Number(data); };
    const sampler = setInterval(() => sample(total), SAMPLE_MS);
    socket.onclose = ({ code, reason }) => {
      clearInterval(sampler);
      running(false);
      if (code !== 1000 && code !== 1005) setText(bench.find('.summary'), 'lab.4.busy', { code: String(code), reason: reason || '–' });
    };

    function sample(all) {
      plot.add({ seconds: bench.elapsed() / 1000, sent: sent(), taken, buffered: socket.bufferedAmount });
      summarize(plot);
      if (taken >= all) socket.close(1000);
    }
  }

  function summarize({ last, highest }) {
    setText(bench.find('.summary'), 'lab.4.summary', {
      seconds: Number(last.seconds.toFixed(1)),
      sent: bytes(last.sent),
      taken: bytes(last.taken),
      buffered: bytes(last.buffered),
      highest: bytes(highest),
    });
  }

  function running(on) {
    bench.find('.run').disabled = on;
    bench.find('.stop').disabled = !on;
    bench.find('.plot').dataset.running = on;
  }

  setText(bench.find('.throttle-text'), 'lab.4.throttle', { limit: bytes(HELD_BACK) });
  limits().then(known => {
    setText(bench.find('.text'), 'lab.4.text', { rate: bytes(known.slowBytesPerSecond), total: bytes(Math.min(TOTAL, known.maxBytes)) });
  });
  bench.on('.run', 'click', async () => {
    running(true);
    begin(await limits());
  });
  bench.on('.stop', 'click', () => socket.close(1000));
}
