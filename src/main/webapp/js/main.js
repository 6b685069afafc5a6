/** Ties the chat page together: what is heard goes to the messages, what is written goes through the outbox. */
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { bytes, say, words } from './i18n.js';
import { showClose, showState } from './line.js';
import { learnLimits } from './limits.js';
import { dress } from './look.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { addressOf, currentName, currentRoom, guestSecret, isName, isRoom, socketAddress, takeName } from './place.js';

const WATCH_MS = 5000;
const byId = id => document.getElementById(id);

dress();

const connection = new Connection();
const outbox = new Outbox(connection);
const messages = new Messages({
  scroller: byId('scroller'),
  said: byId('messages'),
  waiting: byId('waiting'),
  newer: byId('newer'),
});
let unseen = 0;

function enter() {
  connection.open(socketAddress('chat', { room: currentRoom(), name: currentName(), guest: guestSecret() }));
}

function heard(data) {
  if (outbox.repeated(data) === null) messages.heard(data);
  quieten();
  ring();
  if (document.hidden) entitle(++unseen);
}

function quieten() {
  byId('quiet').hidden = !messages.isEmpty;
}

/** The bell of the header swings once. */
function ring() {
  const bell = document.querySelector('.brand .swing');
  bell.classList.remove('ringing');
  requestAnimationFrame(() => bell.classList.add('ringing'));
}

function entitle(count) {
  const title = `${currentRoom()} · ${words('veche')}`;
  document.title = count ? words('title.unread', { count, title }) : title;
}

function showItem(item) {
  const drop = () => {
    outbox.remove(item);
    messages.forget(item);
    quieten();
  };
  messages.show(item, { again: () => outbox.again(item), drop });
  quieten();
}

function showProgress({ done, total }) {
  const box = byId('progress-box');
  box.hidden = total === 0 || total === done;
  if (box.hidden) return;
  byId('progress').max = total;
  byId('progress').value = done;
  say(byId('progress-label'), 'progress', { done: bytes(done), total: bytes(total) });
}

connection.addEventListener('state', () => showState(connection.readyState));
connection.addEventListener('open', () => outbox.pump());
connection.addEventListener('text', ({ detail }) => heard(detail));
connection.addEventListener('binary', ({ detail }) => heard(detail));
connection.addEventListener('close', ({ detail }) => {
  outbox.lost();
  showClose(detail);
});
outbox.addEventListener('item', ({ detail }) => showItem(detail));
outbox.addEventListener('progress', ({ detail }) => showProgress(detail));
new Composer(data => outbox.add(data) !== null);

byId('retry').addEventListener('click', () => {
  connection.retry();
  byId('say').focus();
});
byId('leave').addEventListener('click', () => connection.leave());
byId('place').addEventListener('submit', event => {
  event.preventDefault();
  const room = byId('room').value.trim();
  const name = byId('name').value.trim();
  byId('room').setAttribute('aria-invalid', String(!isRoom(room)));
  byId('name').setAttribute('aria-invalid', String(!isName(name)));
  if (!isRoom(room)) return say(byId('place-error'), 'room.error');
  if (!isName(name)) return say(byId('place-error'), 'name.error');
  takeName(name);
  if (room !== currentRoom()) return location.assign(addressOf(room));
  delete byId('place-error').dataset.words;
  byId('place-error').textContent = '';
  outbox.lost();
  enter();
});
byId('panel-toggle').addEventListener('click', event => {
  const open = document.body.classList.toggle('panel-open');
  event.currentTarget.setAttribute('aria-expanded', String(open));
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  entitle((unseen = 0));
  if (connection.waitsToRetry) connection.retry();
});
document.addEventListener('reworded', () => entitle(unseen));
addEventListener('online', () => connection.waitsToRetry && connection.retry());
addEventListener('beforeunload', event => outbox.length > 0 && event.preventDefault());
setInterval(() => outbox.unanswered && connection.abandon(), WATCH_MS);

byId('room-title').textContent = currentRoom();
byId('room').value = currentRoom();
byId('name').value = currentName();
entitle(0);
enter();
learnLimits();
