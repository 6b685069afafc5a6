/** Greeting demo: lists the steps of one WebSocket session. */
import { translate } from './i18n.js';
import { initAppearance } from './appearance.js';
import { socketAddress } from './place.js';

const steps = document.getElementById('steps');

initAppearance();
document.title = `${translate('hello.title')} · ${translate('veche')}`;
document.getElementById('greeting').addEventListener('submit', event => {
  event.preventDefault();
  greet(document.getElementById('name').value.trim());
});

function greet(name) {
  steps.replaceChildren();
  const text = name ? translate('hello.text', { name }) : translate('hello.nameless');
  const socket = new WebSocket(socketAddress('hello'));
  socket.onopen = () => {
    step('hello.open');
    socket.send(text);
    step('hello.sent', { text });
  };
  socket.onmessage = ({ data }) => step('hello.received', { text: data });
  socket.onclose = ({ code, reason, wasClean }) => {
    const end = reason || translate(wasClean ? 'hello.clean' : 'hello.unclean');
    step('hello.closed', { code: String(code), reason: end });
  };
}

function step(key, values) {
  const element = document.createElement('li');
  element.textContent = translate(key, values);
  steps.append(element);
}
