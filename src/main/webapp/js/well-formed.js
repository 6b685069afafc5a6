/**
 * Half of a surrogate pair, as left by a text that was cut inside an emoji, has no UTF-8: a server must refuse the whole
 * message and with it the connection. The same as for a WebSocket's own text (USVString), each becomes U+FFFD.
 */
const LONE = /\p{Surrogate}/gu;

/** The value with every string in it well-formed, keys of objects included; binary data stays as it is. */
export function wellFormed(value) {
  if (typeof value === 'string') return value.toWellFormed?.() ?? value.replace(LONE, '\uFFFD');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [wellFormed(key), wellFormed(each)]));
}
