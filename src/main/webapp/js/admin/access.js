/** The moderator's token: kept in this tab's session storage, shown with each question to the server. */
const KEY = 'veche.admin.token';

export function token() {
  return sessionStorage.getItem(KEY);
}

export function show(shown) {
  sessionStorage.setItem(KEY, shown);
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** The server's refusal: its HTTP status and the reason that it gives. */
export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** Asks whether one may look in: quietly, since a browser notes each answer of 401 as an error. Rejects like askState. */
export async function knock() {
  const { status, reason } = await ask('admin/api/who');
  if (status !== 200) throw new Refused(status, reason);
}

/** What goes on in the server now. Rejects with Refused, or with a TypeError where no answer came. */
export function askState() {
  return ask('admin/api/state');
}

async function ask(path) {
  const headers = token() ? { Authorization: `Bearer ${token()}` } : {};
  const answer = await fetch(path, { headers, cache: 'no-store' });
  const told = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, told.reason);
  return told;
}
