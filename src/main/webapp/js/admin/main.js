/** The administration page: a door that a token opens, and behind it what goes on in the server. */
import './words.js';
import { bytes, hush, say, words } from '../i18n.js';
import { dress } from '../look.js';
import { socketAddress } from '../place.js';
import { Session } from '../session.js';
import { askState, forget, knock, Refused, show, token } from './access.js';
import { Chart } from './chart.js';
import { Connections, isSlow } from './connections.js';
import { Orders } from './orders.js';
import { Rates } from './rates.js';
import { Rooms } from './rooms.js';
import { Rulings } from './rulings.js';
import { refusal } from '../reasons.js';

const LOOK_MS = 2000;
/** Every so many looks what the log must be asked for, and what other moderators may have done. */
const LOOKS_PER_LISTS = 3;
const LOST = new Set(['admin.door.lost', 'admin.line.lost']);
const byId = id => document.getElementById(id);

dress();
document.addEventListener('reworded', entitle);
entitle();

const session = new Session(new AbortController().signal); // as long as the page is
const rates = new Rates();
const rooms = new Rooms();
const orders = new Orders(give);
const connections = new Connections((author, where) => orders.open(author, where));
const rulings = new Rulings({ call: (procedure, kwargs) => session.call(procedure, kwargs), lift, nameOf: id => connections.nameOf(id) });
const ratesChart = new Chart(byId('rates-chart'), 'admin.rates', ['in', 'out']);
const latencyChart = new Chart(byId('latency-chart'), 'admin.latency', ['commit50', 'commit99', 'delivery50', 'delivery99']);
let looks = 0;
let timer = 0;

function entitle() {
  document.title = `${words('admin.title')} · ${words('veche')}`;
}

/** Looks once, and again after a while; stands before the door where it is refused. */
async function look() {
  clearTimeout(timer);
  try {
    if (byId('office').hidden) await knock();
    take(await askState());
  } catch (failure) {
    if (failure instanceof Refused) {
      refused(failure);
      return;
    }
    say(byId('status'), 'admin.door.lost');
  }
  timer = setTimeout(look, LOOK_MS);
}

function take(state) {
  if (byId('office').hidden) enter(state);
  if (LOST.has(byId('status').dataset.words) && session.isOpen) clearStatus();
  const grown = rates.take(state);
  connections.take(state);
  figures(state, grown);
  if (grown) {
    ratesChart.add(Date.parse(state.at), grown);
    latencyChart.add(Date.parse(state.at), grown);
  }
  if (looks++ % LOOKS_PER_LISTS === 0) lists();
}

function clearStatus() {
  hush(byId('status'));
}

function enter({ who, realm }) {
  byId('door').hidden = true;
  byId('office').hidden = false;
  byId('leave').hidden = token() === null;
  say(byId('who'), 'admin.as', { name: who.author.name });
  session.open({ url: socketAddress('chat'), realm, token: token() });
}

function figures({ counters, connections: listed }, grown) {
  const figure = (name, value) => { byId(`now-${name}`).textContent = value; };
  const slow = listed.filter(isSlow).length;
  const number = value => (value === undefined ? '–' : Number(value.toPrecision(3)).toLocaleString(document.documentElement.lang));
  figure('connections', number(counters.connections));
  figure('rooms', number(counters.rooms));
  figure('in', number(grown?.in));
  figure('out', number(grown?.out));
  figure('pending', words(bytes(counters.pendingBytes).key, bytes(counters.pendingBytes)));
  figure('slow', number(slow));
  say(byId('now-connections-words'), 'admin.now.connections', { count: counters.connections });
  say(byId('now-rooms-words'), 'admin.now.rooms', { count: counters.rooms });
  say(byId('now-slow-words'), 'admin.now.slow', { count: slow });
}

/** What only the session tells; where it is gone, it comes back by itself. */
async function lists() {
  if (!session.isOpen) return;
  try {
    const [list] = await Promise.all([session.call('veche.rooms', { detail: true }), rulings.refresh()]);
    rooms.take(list);
  } catch (failure) {
    say(byId('status'), 'action.failed', { reason: refusal(failure) });
  }
}

async function give(action, kwargs) {
  await session.call(`veche.${action}`, kwargs);
  say(byId('status'), 'admin.done', { action: { key: `admin.${action}` }, author: kwargs.author });
  await lists();
  look();
}

async function lift({ action, author, room }) {
  try {
    await give(`un${action}`, { author, room: room ?? null });
  } catch (failure) {
    say(byId('status'), 'action.failed', { reason: refusal(failure) });
  }
}

function refused({ status, message }) {
  const shown = token() !== null;
  forget();
  session.leave();
  byId('office').hidden = true;
  byId('door').hidden = false;
  const key = status === 403 ? 'admin.door.403' : 'admin.door.401';
  if (shown) say(byId('door-error'), key, { reason: message });
  else say(byId('door-error'), 'admin.door.none');
}

session.addEventListener('open', lists);
session.addEventListener('close', ({ detail: { code, left } }) => left || say(byId('status'), 'admin.line.lost', { code: String(code) }));
byId('door-form').addEventListener('submit', event => {
  event.preventDefault();
  const shown = byId('token').value.trim();
  byId('token').value = '';
  if (shown) show(shown);
  look();
});
byId('leave').addEventListener('click', () => {
  forget();
  session.leave();
  location.reload();
});
look();
