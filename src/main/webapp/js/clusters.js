/** Grapheme clusters (UAX #29): what a reader takes for one character, be it several code points. */
const segmenter = new Intl.Segmenter();

/** The first cluster of a text. */
export const firstCluster = text => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';

/** The beginning of a text, at most so many UTF-16 units long, which ends between two clusters. */
export function cut(text, limit) {
  if (text.length <= limit) return text;
  const { index } = segmenter.segment(text).containing(limit);
  return text.slice(0, index);
}
