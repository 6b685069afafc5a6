/** The server's limits, as far as the page must know them; the defaults hold until the server has told its own. */

/** What a frame adds around a file: the call, its name, its key. */
const FRAME_BYTES = 2048;
/** Characters of one message: about two screens. The server would take more; readers would not. */
export const MAX_CHARACTERS = 4000;
let maxBinary = 1024 * 1024;

/** Asks the server for its limits; without an answer the defaults stay. @param base URL of the page's folder */
export async function learnLimits(base) {
  const answer = await fetch(new URL('limits.json', base)).catch(() => null);
  if (answer?.ok) maxBinary = (await answer.json()).maxBinaryBytes;
}

/** Bytes of the largest file that the server takes. */
export const maxFileBytes = () => maxBinary - FRAME_BYTES;

/** A text's length in code points. */
export const characters = text => [...text].length;
