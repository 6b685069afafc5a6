/** Experiment 6: readyState. */
import { clearText, setText } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

const NAMES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

function live(address, show) {
  const socket = new WebSocket(address);
  show(socket.readyState);
  socket.onopen = () => show(socket.readyState);
  socket.onclose = () => show(socket.readyState);
  return socket;
}

function end(socket, show) {
  socket.close(1000);
  show(socket.readyState);
}

export function states() {
  const bench = new Bench('bench-6', live, end);
  const steps = [...bench.find('.states').children];
  const display = bench.find('.state-now');
  let socket = null;

  function show(state) {
    steps.forEach((step, number) => {
      if (number === state) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    steps[state].dataset.passed = 'true';
    setText(steps[state].querySelector('.at'), 'lab.6.at', { ms: bench.elapsed() });
    display.textContent = `socket.readyState === ${state} (${NAMES[state]})`;
    bench.find('.run').disabled = state < 3;
    bench.find('.close').disabled = state !== 1;
  }

  bench.on('.run', 'click', () => {
    bench.begin();
    for (const step of steps) {
      delete step.dataset.passed;
      clearText(step.querySelector('.at'));
    }
    socket = live(socketAddress('lab/socket'), show);
  });
  bench.on('.close', 'click', () => end(socket, show));
}
