/**
 * Reads the number of pixels from a picture's header without decoding it: a few kilobytes can declare a billion pixels,
 * and showing them would exhaust memory.
 */
export const MAX_PIXELS = 50_000_000;

/** @param data ArrayBuffer; type from media-type.js. Infinity when the header cannot be read. */
export function pixels(data, type) {
  try {
    const [width, height] = READERS[type](new DataView(data));
    return width * height;
  } catch (failure) {
    if (failure instanceof RangeError) return Infinity; // the header ends too soon
    throw failure;
  }
}

const READERS = {
  'image/png': view => [view.getUint32(16), view.getUint32(20)],
  'image/gif': view => [view.getUint16(6, true), view.getUint16(8, true)],
  'image/webp': webp,
  'image/jpeg': jpeg,
};

/** WebP container specification and RFC 6386 §9.1 (lossy), "WebP Lossless Bitstream" §3. */
function webp(view) {
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map(at => view.getUint8(at)));
  if (chunk === 'VP8X') return [uint24(view, 24) + 1, uint24(view, 27) + 1];
  if (chunk === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  throw new RangeError(`no such WebP: ${chunk}`);
}

/** The first frame header (ITU-T T.81, B.2.2) among the marker segments. */
function jpeg(view) {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
}

function uint24(view, at) {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}
