/** Experiment 2: subprotocol negotiation. */
import { setText } from '../i18n.js';
import { socketAddress } from '../place.js';
import { Bench } from './bench.js';

function offer(address, protocols, show) {
  const socket = new WebSocket(address, protocols);
  socket.onopen = () => {
    const { protocol, extensions } = socket;
    show('opened', protocol, extensions);
    socket.close(1000);
  };
  socket.onclose = event => {
    if (!event.wasClean) show('refused', event.code);
  };
}

export function subprotocols() {
  const bench = new Bench('bench-2', offer);
  bench.on('form', 'submit', () => {
    const offered = bench.find('select').value;
    const facts = name => bench.find(`[data-fact="${name}"]`);
    const showFact = (name, value) => (value ? plain(facts(name), value) : setText(facts(name), 'lab.no'));
    showFact('offered', offered);
    showFact('protocol', '');
    showFact('extensions', '');
    setText(facts('outcome'), 'lab.2.opening');
    offer(socketAddress('lab/socket'), offered ? offered.split(', ') : [], (outcome, ...values) => {
      setText(facts('outcome'), `lab.2.${outcome}`, { code: String(values[0]) });
      bench.find('.facts').dataset.outcome = outcome;
      if (outcome === 'opened') {
        showFact('protocol', values[0]);
        showFact('extensions', values[1]);
      }
    });
  });
}

/** Shows text that needs no translation. */
function plain(element, text) {
  delete element.dataset.i18n;
  element.textContent = text;
}
