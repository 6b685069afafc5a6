/** Grapheme clusters (UAX #29): user-perceived characters. */
const segmenter = new Intl.Segmenter();

/** The first cluster of a text. */
export const firstCluster = text => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';

/** Truncates a text to at most limit UTF-16 units, between two clusters. */
export function cut(text, limit) {
  if (text.length <= limit) return text;
  const { index } = segmenter.segment(text).containing(limit);
  return text.slice(0, index);
}
