/** The moderator's token: in this tab's session storage, sent with each request. */
const KEY = 'veche.admin.token';

export function token() {
  return sessionStorage.getItem(KEY);
}

export function saveToken(value) {
  sessionStorage.setItem(KEY, value);
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** A refused request with its HTTP status and reason. */
export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** Checks access without an HTTP 401, which browsers log as an error. Rejects like fetchState. */
export async function checkAccess() {
  const { status, reason } = await request('admin/api/who');
  if (status !== 200) throw new Refused(status, reason);
}

/** The server's current state. Rejects with Refused, or with a TypeError without an answer. */
export function fetchState() {
  return request('admin/api/state');
}

async function request(path) {
  const headers = token() ? { Authorization: `Bearer ${token()}` } : {};
  const answer = await fetch(path, { headers, cache: 'no-store' });
  const body = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, body.reason);
  return body;
}
