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

/** What the server knows now. Rejects with Refused, or with a TypeError where no answer came. */
export async function askState() {
  const headers = token() ? { Authorization: `Bearer ${token()}` } : {};
  const answer = await fetch('admin/api/state', { headers, cache: 'no-store' });
  if (!answer.ok) throw new Refused(answer.status, (await answer.text()).trim());
  return answer.json();
}
