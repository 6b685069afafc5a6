/** Limits and settings of the server; defaults apply until they are loaded. */

/** Overhead of a call around a file: name, key. */
const FRAME_BYTES = 2048;
/** Characters of one message, about two screens; the server accepts more. */
export const MAX_CHARACTERS = 4000;
let maxBinary = 1024 * 1024;
let marked = true;

/** Loads the limits; on failure the defaults stay. @param base URL of the page's folder */
export async function loadLimits(base) {
  const answer = await fetch(new URL('limits.json', base)).catch(() => null);
  if (!answer?.ok) return;
  const limits = await answer.json();
  maxBinary = limits.maxBinaryBytes;
  marked = limits.guestsMarked !== false;
}

/** Whether guests are marked, so that readers distinguish them from users. */
export const guestsAreMarked = () => marked;

/** Size limit of a file in bytes. */
export const maxFileBytes = () => maxBinary - FRAME_BYTES;

/** A text's length in code points. */
export const characters = text => [...text].length;
