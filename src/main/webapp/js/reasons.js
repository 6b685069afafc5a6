/** Maps refusals and close codes to texts. */
const REFUSALS = {
  'wamp.error.not_authorized': 'reason.not-allowed',
  'wamp.error.invalid_argument': 'reason.invalid',
  'wamp.error.payload_size_exceeded': 'reason.too-big',
  'wamp.error.unavailable': 'reason.unavailable',
  'veche.error.busy': 'reason.busy',
  'veche.error.limit_reached': 'reason.limit',
  'veche.error.no_such_message': 'reason.no-such-message',
  'veche.error.internal': 'reason.internal',
};
const KNOWN_CODES = new Set([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1015]);
/** Reasons with which the server ends all connections of a user. */
const ENDED = { 'token expired': 'close.expired', 'logged out': 'close.logged-out', 'access revoked': 'close.revoked' };
/** A machine-readable reason: a URI or a reconnect window. */
const FOR_PROGRAMS = /^\w+(\.\w+)+$|\d\s*ms\b/;

/** Text of a refused request. @param failure the router's ERROR: {errorUri, argsList, argsDict}, or any Error */
export function refusal({ errorUri, argsList, argsDict, message }) {
  if (argsDict?.sanction) return sanction(argsDict.sanction);
  const text = String(argsList?.[0] ?? errorUri ?? message);
  const key = REFUSALS[errorUri];
  return key ? { key, incident: /[\da-f-]{36}/.exec(text)?.[0] ?? '' } : text;
}

/** A moderator's sanction {action, room, until, reason, interval} as {key, …values}. */
export function sanction({ action, room, until, reason, interval }) {
  return {
    key: `sanction.${action}`,
    interval,
    room: room ? { key: 'sanction.room', room } : '',
    until: until ? { key: 'sanction.until', until: { moment: until } } : '',
    reason: reason ? { key: 'sanction.reason', reason } : '',
  };
}

/** Text of a close. @param close {code, reason, uri, sanction, opened, left, offline}: opened, whether it had ever been open */
export function closing(close) {
  const { code, reason, uri, opened, left, offline } = close;
  if (close.sanction) return sanction(close.sanction);
  if (left) return { key: 'close.left' };
  if (offline) return { key: 'close.offline' };
  if (/^wamp\.error\.(authentication|no_such_principal|no_matching)/.test(uri)) return { key: 'close.sign-in' };
  if (ENDED[reason]) return { key: ENDED[reason] };
  if (!opened && (code === 1006 || code === 1005)) return { key: 'close.refused', code: String(code) };
  return { key: KNOWN_CODES.has(code) ? `close.${code}` : 'close.other', code: String(code) };
}

/** The server's own reason if meant for users, else null. */
export function detail(close) {
  const { key } = closing(close);
  return /^close\.(\d+|other)$/.test(key) && close.reason && !FOR_PROGRAMS.test(close.reason) ? close.reason : null;
}
