/** What follows from a close code (RFC 6455 §7.4.1 and the IANA registry). */
const FINAL = new Set([1000, 1008]);
const VERDICTS = new Set([1002, 1003, 1007, 1008, 1009, 1010, 1011]);
/** The server goes or has too much to do: whatever it was sent is not the reason. */
const BLAMELESS = new Set([1000, 1001, 1012, 1013]);

/** Whether the page reconnects by itself: not after a normal closure, and not where the server refuses this client. */
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
