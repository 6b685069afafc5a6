/** The server's limits as the page's meta elements tell them. */
const limit = name => Number(document.querySelector(`meta[name="veche:${name}"]`).content);

/** Characters (code points) that the server keeps of a text. */
export const maxCharacters = () => limit('max-characters');

/** Bytes of the largest binary message that the server takes. */
export const maxBinaryBytes = () => limit('max-binary-bytes');

/** A text's length as the server counts it. */
export const characters = text => [...text].length;
