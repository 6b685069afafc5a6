/** Shrinks pictures: fewer pixels first, then a lossier format. */
const QUALITY = 0.85;
const MAX_EDGE = 4096;
const SHRINK = 0.9;
const MIN_EDGE = 16;

/** The picture as a Blob of at most maxBytes, or null if it is not a picture or does not fit. */
export async function shrink(blob, maxBytes) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    return null; // not decodable: treated as a file
  }
  try {
    return await fit(bitmap, blob.size, maxBytes);
  } finally {
    bitmap.close();
  }
}

async function fit(bitmap, size, maxBytes) {
  const longest = Math.max(bitmap.width, bitmap.height);
  let scale = Math.min(1, MAX_EDGE / longest, Math.sqrt(maxBytes / size) * 1.5);
  for (; longest * scale >= MIN_EDGE; scale *= SHRINK) {
    const drawn = await draw(bitmap, scale);
    if (drawn !== null && drawn.size <= maxBytes) return drawn;
  }
  return null;
}

function draw(bitmap, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  // WebP keeps transparency; browsers without a WebP encoder return PNG, which the size check rejects if too large.
  return new Promise(resolve => canvas.toBlob(resolve, 'image/webp', QUALITY));
}
