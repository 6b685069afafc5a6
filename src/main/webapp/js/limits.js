/** The server's limits: the page's meta elements hold the defaults, until the server has told its own. */
const meta = name => document.querySelector(`meta[name="veche:${name}"]`);
const limit = name => Number(meta(name).content);

/** Asks the server for its limits; without an answer the defaults stay. */
export async function learnLimits() {
  const answer = await fetch(new URL('limits.json', document.baseURI)).catch(() => null);
  if (!answer?.ok) return;
  const { maxCharacters, maxBinaryBytes } = await answer.json();
  meta('max-characters').content = maxCharacters;
  meta('max-binary-bytes').content = maxBinaryBytes;
}

/** Characters (code points) that the server keeps of a text. */
export const maxCharacters = () => limit('max-characters');

/** Bytes of the largest binary message that the server takes. */
export const maxBinaryBytes = () => limit('max-binary-bytes');

/** A text's length as the server counts it. */
export const characters = text => [...text].length;
