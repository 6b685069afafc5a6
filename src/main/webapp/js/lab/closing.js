/** Experiment 5: closing, by the page and by the server. */
import { setText, translate } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';
import { limits } from './limits.js';

const MAX_ROWS = 12;

function closeByPage(address, code, reason, show) {
  const socket = new WebSocket(address);
  socket.onclose = show;
  socket.onopen = () => {
    try {
      socket.close(code, reason);
    } catch (error) {
      show(error);
      socket.onclose = null;
      socket.close();
    }
  };
}

function closeByServer(address, wish, show) {
  const socket = new WebSocket(address);
  socket.onclose = show;
  socket.onopen = () => socket.send(wish);
}

export function closing() {
  const bench = new Bench('bench-5', closeByPage, closeByServer);
  bench.on('.by-client', 'submit', () => {
    const code = Number(bench.find('#client-code').value);
    const reason = bench.find('#client-reason').value || translate('lab.5.example');
    closeByPage(socketAddress('lab/socket'), code, reason, outcome => show('you', `${code} ${reason}`, outcome));
  });
  bench.on('.by-server', 'submit', async () => {
    const code = bench.find('#server-code').value;
    const wish = code === '1009' ? 'x'.repeat((await limits()).maxMessageBytes + 1) : `${code} ${translate(`lab.5.s${code}`)}`;
    const what = code === '1009' ? `send(${wish.length} × "x")` : wish;
    closeByServer(socketAddress('lab/socket', { do: 'close' }), wish, outcome => show('it', what, outcome));
  });

  function show(side, what, outcome) {
    const row = document.createElement('tr');
    const asked = cell(row, 'th');
    asked.scope = 'row';
    setText(asked, `lab.5.${side}`, { what });
    if (outcome instanceof Error) {
      const thrown = cell(row, 'td');
      thrown.colSpan = 3;
      thrown.className = 'thrown';
      setText(thrown, 'lab.5.thrown', { name: outcome.name });
    } else {
      cell(row, 'td').textContent = outcome.code;
      cell(row, 'td').textContent = outcome.reason || '–';
      cell(row, 'td').textContent = outcome.wasClean;
      row.dataset.code = outcome.code;
    }
    const body = bench.find('tbody');
    body.querySelector('.empty')?.remove();
    body.prepend(row);
    if (body.rows.length > MAX_ROWS) body.lastElementChild.remove();
  }
}

function cell(row, kind) {
  return row.appendChild(document.createElement(kind));
}
