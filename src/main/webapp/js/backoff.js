/**
 * Reconnect delays: exponential backoff with full jitter, so that pages that lost the same server do not reconnect
 * simultaneously, or a random delay within the window that the server announced.
 */
export const BASE_MS = 500;
export const CAP_MS = 30_000;
export const WINDOW_CAP_MS = 10 * 60_000;

/** Delay in ms for an attempt (0, 1, 2 …): random in [0, min(CAP, BASE · 2^attempt)). */
export function fullJitter(attempt, random = Math.random) {
  return Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
}

/** The window in ms of a close reason such as "reconnect within 10000 ms", or null. */
export function windowIn(reason) {
  const found = /(\d{1,9})\s*ms\b/.exec(reason);
  return found ? Math.min(Number(found[1]), WINDOW_CAP_MS) : null;
}

/** Delay after a close: within the announced window if any, else full jitter. */
export function delayAfter(reason, attempt, random = Math.random) {
  const within = windowIn(reason);
  return within === null ? fullJitter(attempt, random) : Math.floor(random() * within);
}
