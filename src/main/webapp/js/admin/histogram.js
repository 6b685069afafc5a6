/** A cumulative histogram: pairs of an upper bound in seconds (null for none) and how many were at most so long. */

/** What came between two readings of one histogram. */
export function between(before, after) {
  return after.map(([bound, count], index) => [bound, count - (before?.[index]?.[1] ?? 0)]);
}

/** The bound in ms under which that share lies; null where nothing came. What lies above all bounds is given the last. */
export function quantile(histogram, share) {
  const total = histogram.at(-1)[1];
  if (total <= 0) return null;
  const [bound] = histogram.find(([, count]) => count >= total * share);
  return (bound ?? histogram.at(-2)[0]) * 1000;
}
