/** A cumulative histogram: pairs of an upper bound in seconds (null: unbounded) and a count. */

/** The difference of two samples of a histogram. */
export function between(before, after) {
  return after.map(([bound, count], index) => [bound, count - (before?.[index]?.[1] ?? 0)]);
}

/** The quantile in ms, as a bucket's upper bound (the last finite one above all bounds); null if empty. */
export function quantile(histogram, share) {
  const total = histogram.at(-1)[1];
  if (total <= 0) return null;
  const [bound] = histogram.find(([, count]) => count >= total * share);
  return (bound ?? histogram.at(-2)[0]) * 1000;
}
