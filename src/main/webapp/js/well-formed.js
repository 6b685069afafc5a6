/**
 * A lone surrogate, for example of a truncated emoji, has no UTF-8 encoding, and a server must close the connection. As
 * in a USVString, each is replaced with U+FFFD.
 */
const LONE = /\p{Surrogate}/gu;

/** Makes all strings of a value well-formed, keys included; binary data is unchanged. */
export function wellFormed(value) {
  if (typeof value === 'string') return value.toWellFormed?.() ?? value.replace(LONE, '\uFFFD');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [wellFormed(key), wellFormed(each)]));
}
