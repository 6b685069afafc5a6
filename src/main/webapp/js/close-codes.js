/** Classification of close codes (RFC 6455 §7.4.1 and the IANA registry). */
const FINAL = new Set([1000, 1008]);
const VERDICTS = new Set([1002, 1003, 1007, 1008, 1009, 1010, 1011]);
/** Shutdown or overload: the last message is not the cause. */
const BLAMELESS = new Set([1000, 1001, 1012, 1013]);

/** Whether to reconnect: not after a normal closure or a policy violation. */
export function returns(code) {
  return !FINAL.has(code);
}

/** Whether the last message caused the close, so that resending it would close the next connection. */
export function blames({ code, uri = '' }) {
  return VERDICTS.has(code) || uri.startsWith('wamp.error.');
}

/** Whether the last message may have caused the close. */
export function mayBlame({ code }) {
  return !BLAMELESS.has(code);
}
