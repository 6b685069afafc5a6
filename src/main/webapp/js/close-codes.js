/** Close codes (RFC 6455 §7.4.1 and the IANA registry) in words, and which of them end the talk for good. */
const WORDED = new Set([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1015]);
const FINAL = new Set([1000, 1008]);
const VERDICTS = new Set([1002, 1003, 1007, 1008, 1009, 1010, 1011]);
/** The server goes or has too much to do: whatever it was sent is not the reason. */
const BLAMELESS = new Set([1000, 1001, 1012, 1013]);

/** The key of the words for a close; opened tells whether the connection had ever been open. */
export function wordsFor({ code, opened, left, offline }) {
  if (left) return 'close.left';
  if (offline) return 'close.offline';
  if (!opened && (code === 1006 || code === 1005)) return 'close.refused';
  return WORDED.has(code) ? `close.${code}` : 'close.other';
}

/** Whether the page should come back by itself: not after a farewell, and not where it was shown the door. */
export function returns(code) {
  return !FINAL.has(code);
}

/** Whether a close says that what was sent last is the reason, so that sending it again would end the next connection. */
export function blames({ code, uri = '' }) {
  return VERDICTS.has(code) || uri.startsWith('wamp.error.');
}

/** Whether a close may come of what was sent last: nobody says so, and nothing else explains it. */
export function mayBlame({ code }) {
  return !BLAMELESS.has(code);
}
