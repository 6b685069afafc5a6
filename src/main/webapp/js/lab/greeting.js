/** Experiment 7: the greeting and the close five seconds later. */
import { translate } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const SECONDS = 5;

function greet(address, text, note) {
  const socket = new WebSocket(address);
  socket.onopen = () => {
    note('open');
    socket.send(text);
    note('sent', { text });
  };
  socket.onmessage = event => note('received', { text: event.data });
  socket.onclose = event => {
    note(event.wasClean ? 'closed' : 'lost', event);
  };
}

export function greeting() {
  const bench = new Bench('bench-7', greet);
  const box = bench.find('.countdown');
  const progress = bench.find('progress');
  let timer = 0;

  function note(event, { text, code, reason } = {}) {
    const names = { open: 'open', sent: 'send()', received: 'message', closed: 'close', lost: 'close' };
    bench.note(names[event], `lab.7.${event}`, { text, code: String(code), reason });
    if (event === 'received') countDown();
    if (event === 'closed' || event === 'lost') stop();
  }

  function countDown() {
    const began = performance.now();
    box.hidden = false;
    clearInterval(timer);
    timer = setInterval(() => {
      progress.value = Math.max(0, SECONDS - (performance.now() - began) / 1000);
    }, 100);
  }

  function stop() {
    clearInterval(timer);
    box.hidden = true;
  }

  bench.on('form', 'submit', () => {
    const name = bench.find('#hello-name').value.trim();
    bench.begin();
    stop();
    greet(socketAddress('hello'), name ? translate('lab.7.greeting', { name }) : translate('lab.7.anonymous'), note);
  });
}
