/**
 * When to try again: exponential backoff with full jitter, so that a thousand pages that lost the same server do not
 * come back in the same moment; or spread over the window that the server named.
 */
export const BASE_MS = 500;
export const CAP_MS = 30_000;
export const WINDOW_CAP_MS = 10 * 60_000;

/** A delay in ms for the attempt (0, 1, 2 …): anywhere from 0 to min(CAP, BASE · 2^attempt). */
export function fullJitter(attempt, random = Math.random) {
  return Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
}

/** The window in ms that a close reason such as "reconnect within 10000 ms" names, or null. */
export function windowIn(reason) {
  const found = /(\d{1,9})\s*ms\b/.exec(reason);
  return found ? Math.min(Number(found[1]), WINDOW_CAP_MS) : null;
}

/** The delay after a close: inside the server's window when it named one, else full jitter. */
export function delayAfter(reason, attempt, random = Math.random) {
  const within = windowIn(reason);
  return within === null ? fullJitter(attempt, random) : Math.floor(random() * within);
}
