/** Close codes (RFC 6455 §7.4.1 and the IANA registry) in words, and which of them end the talk for good. */
const WORDED = new Set([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1015]);
const FINAL = new Set([1000, 1008]);

/** The key of the words for a close; opened tells whether the connection had ever been open. */
export function wordsFor({ code, opened, left }) {
  if (left) return 'close.left';
  if (!opened && (code === 1006 || code === 1005)) return 'close.refused';
  return WORDED.has(code) ? `close.${code}` : 'close.other';
}

/** Whether the page should come back by itself: not after a farewell, and not where it was shown the door. */
export function returns(code) {
  return !FINAL.has(code);
}
