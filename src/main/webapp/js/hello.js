/** The greeting: one WebSocket from its opening to its close, each step written down. */
import { words } from './i18n.js';
import { dress } from './look.js';
import { socketAddress } from './place.js';

const steps = document.getElementById('steps');

dress();
document.title = `${words('hello.title')} · ${words('veche')}`;
document.getElementById('greeting').addEventListener('submit', event => {
  event.preventDefault();
  greet(document.getElementById('who').value.trim());
});

function greet(name) {
  steps.replaceChildren();
  const text = name ? words('hello.say', { name }) : words('hello.nameless');
  const socket = new WebSocket(socketAddress('hello'));
  socket.onopen = () => {
    step('hello.open');
    socket.send(text);
    step('hello.sent', { text });
  };
  socket.onmessage = ({ data }) => step('hello.received', { text: data });
  socket.onclose = ({ code, reason, wasClean }) => {
    const end = reason || words(wasClean ? 'hello.clean' : 'hello.unclean');
    step('hello.closed', { code: String(code), words: end });
  };
}

function step(key, fillings) {
  const element = document.createElement('li');
  element.textContent = words(key, fillings);
  steps.append(element);
}
