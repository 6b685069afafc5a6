/** The administration page: sign-in by token, then the live state of the server. */
import './texts.js';
import { bytes, clearText, setText, translate } from '../i18n.js';
import { initAppearance } from '../appearance.js';
import { socketAddress } from '../place.js';
import { Session } from '../session.js';
import { checkAccess, fetchState, forget, Refused, saveToken, token } from './access.js';
import { Chart } from './chart.js';
import { Connections, isSlow } from './connections.js';
import { ModerationDialog } from './moderation-dialog.js';
import { ModeDialog } from './mode-dialog.js';
import { Nodes } from './nodes.js';
import { Rates } from './rates.js';
import { Rooms } from './rooms.js';
import { ModerationLog, subject } from './moderation-log.js';
import { Webhook } from './webhook.js';
import { refusal } from '../reasons.js';

const POLL_MS = 2000;
/** The lists, which cost the log a read, are refreshed every so many polls. */
const POLLS_PER_LISTS = 3;
const LOST = new Set(['admin.sign-in.lost', 'admin.session.lost']);
const byId = id => document.getElementById(id);

initAppearance();
document.addEventListener('languagechange', updateTitle);
updateTitle();

const session = new Session(new AbortController().signal); // lives as long as the page
const rates = new Rates();
const dialog = new ModerationDialog(moderate);
const modeDialog = new ModeDialog(moderate);
const rooms = new Rooms(room => modeDialog.open(room));
const nodes = new Nodes();
const webhook = new Webhook();
const connections = new Connections((author, where) => dialog.open(author, where));
const moderationLog = new ModerationLog({ call: (procedure, kwargs) => session.call(procedure, kwargs), revoke, nameOf: id => connections.nameOf(id) });
const ratesChart = new Chart(byId('rates-chart'), 'admin.rates', ['in', 'out']);
const latencyChart = new Chart(byId('latency-chart'), 'admin.latency', ['commit50', 'commit99', 'delivery50', 'delivery99']);
let polls = 0;
let timer = 0;

function updateTitle() {
  document.title = `${translate('admin.title')} · ${translate('veche')}`;
}

/** Polls the state periodically; shows the sign-in form if refused. */
async function poll() {
  clearTimeout(timer);
  const presented = token();
  try {
    if (byId('dashboard').hidden) await checkAccess();
    take(await fetchState());
  } catch (failure) {
    if (failure instanceof Refused) {
      if (token() === presented) refused(failure); // otherwise a newer token is being examined
      return;
    }
    setText(byId('status'), 'admin.sign-in.lost');
  }
  timer = setTimeout(poll, POLL_MS);
}

function take(state) {
  if (byId('dashboard').hidden) enter(state);
  if (LOST.has(byId('status').dataset.i18n) && session.isOpen) clearStatus();
  const grown = rates.take(state);
  nodes.take(state);
  webhook.take(state);
  connections.take(state);
  figures(state, grown);
  if (grown) {
    ratesChart.add(Date.parse(state.at), grown);
    latencyChart.add(Date.parse(state.at), grown);
  }
  if (polls++ % POLLS_PER_LISTS === 0) lists();
}

function clearStatus() {
  clearText(byId('status'));
}

function enter({ who, realm }) {
  byId('sign-in').hidden = true;
  byId('dashboard').hidden = false;
  byId('leave').hidden = token() === null;
  setText(byId('moderator'), 'admin.as', { name: who.author.name });
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
  figure('pending', translate(bytes(counters.pendingBytes).key, bytes(counters.pendingBytes)));
  figure('slow', number(slow));
  setText(byId('now-connections-label'), 'admin.now.connections', { count: counters.connections });
  setText(byId('now-rooms-label'), 'admin.now.rooms', { count: counters.rooms });
  setText(byId('now-slow-label'), 'admin.now.slow', { count: slow });
}

/** Loads the lists over the WAMP session, which reconnects automatically. */
async function lists() {
  if (!session.isOpen) return;
  try {
    const [list] = await Promise.all([session.call('veche.rooms', { detail: true }), moderationLog.refresh()]);
    rooms.take(list);
  } catch (failure) {
    setText(byId('status'), 'action.failed', { reason: refusal(failure) });
  }
}

/** Waits while the session connects: the connections are listed before it is open. */
async function connecting() {
  while (session.readyState === WebSocket.CONNECTING) {
    await new Promise(resolve => session.addEventListener('state', resolve, { once: true }));
  }
}

async function moderate(action, kwargs) {
  await connecting();
  await session.call(`veche.${action}`, kwargs);
  setText(byId('status'), 'admin.done', { action: { key: `admin.${action}` }, author: subject(kwargs) });
  await lists();
  poll();
}

const MODES = new Set(['slow', 'readonly', 'close']);

async function revoke({ action, author, address, room }) {
  try {
    if (MODES.has(action)) await moderate('open', { room });
    else if (action === 'hold') await moderate('release', { ...(author ? { author } : {}), room: room ?? null });
    else await moderate(`un${action}`, address ? { address } : { author, room: room ?? null });
  } catch (failure) {
    setText(byId('status'), 'action.failed', { reason: refusal(failure) });
  }
}

function refused({ status, message }) {
  const hadToken = token() !== null;
  forget();
  session.leave();
  byId('dashboard').hidden = true;
  byId('sign-in').hidden = false;
  const key = status === 403 ? 'admin.sign-in.403' : 'admin.sign-in.401';
  if (hadToken) setText(byId('sign-in-error'), key, { reason: message });
  else setText(byId('sign-in-error'), 'admin.sign-in.none');
}

session.addEventListener('open', lists);
session.addEventListener('close', ({ detail: { code, left } }) => left || setText(byId('status'), 'admin.session.lost', { code: String(code) }));
byId('sign-in-form').addEventListener('submit', event => {
  event.preventDefault();
  const value = byId('token').value.trim();
  byId('token').value = '';
  if (value) saveToken(value);
  poll();
});
byId('leave').addEventListener('click', () => {
  forget();
  session.leave();
  location.reload();
});
poll();
