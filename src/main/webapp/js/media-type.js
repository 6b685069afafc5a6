/**
 * Detects media types by magic bytes, never by the sender's claim. Only formats without scripts are shown or played; all
 * others, SVG, PDF and HTML included, are downloads: a blob: URL opens as a document of this origin, where an SVG could
 * run scripts and our policy may block a PDF viewer.
 */
import { cut } from './clusters.js';
import { MAX_PIXELS, pixels } from './picture-size.js';

const ascii = text => [...text].map(char => char.charCodeAt(0));

const PICTURES = [
  { type: 'image/png', extension: 'png', parts: [[0, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a]]] },
  { type: 'image/jpeg', extension: 'jpg', parts: [[0, [0xff, 0xd8, 0xff]]] },
  { type: 'image/gif', extension: 'gif', parts: [[0, ascii('GIF87a')]] },
  { type: 'image/gif', extension: 'gif', parts: [[0, ascii('GIF89a')]] },
  { type: 'image/webp', extension: 'webp', parts: [[0, ascii('RIFF')], [8, ascii('WEBP')]] },
];

const FILES = [
  { extension: 'pdf', parts: [[0, ascii('%PDF-')]] },
  { extension: 'zip', parts: [[0, [...ascii('PK'), 3, 4]]] },
  { extension: 'gz', parts: [[0, [0x1f, 0x8b]]] },
  { type: 'audio/mpeg', extension: 'mp3', parts: [[0, ascii('ID3')]] },
  { type: 'audio/mpeg', extension: 'mp3', parts: [[0, [0xff, 0xfb]]] },
  { type: 'audio/ogg', extension: 'ogg', parts: [[0, ascii('OggS')]] },
  { type: 'audio/wav', extension: 'wav', parts: [[0, ascii('RIFF')], [8, ascii('WAVE')]] },
  { type: 'audio/flac', extension: 'flac', parts: [[0, ascii('fLaC')]] },
  { type: 'audio/mp4', extension: 'm4a', parts: [[4, ascii('ftypM4A')]] },
  { type: 'video/mp4', extension: 'mp4', parts: [[4, ascii('ftyp')]] },
  { type: 'video/webm', extension: 'webm', parts: [[0, [0x1a, 0x45, 0xdf, 0xa3]]] },
];

/** Type of other files, so that no browser opens them. */
const OPAQUE = 'application/octet-stream';
const MAX_NAME = 120;

/** @param bytes Uint8Array; returns {type, extension, picture} */
export function sniff(bytes) {
  const picture = PICTURES.find(each => matches(bytes, each));
  if (picture) return { type: picture.type, extension: picture.extension, picture: true };
  const file = FILES.find(each => matches(bytes, each));
  return { type: file?.type ?? OPAQUE, extension: file?.extension ?? 'bin', picture: false };
}

/** {text, name, editable} of a message. Older clients send a file's name as its text. */
export function titled({ text, name, data }) {
  return data && typeof name !== 'string' ? { text: '', name: text, editable: false } : { text: text ?? '', name, editable: true };
}

/** A file of the page's model. @param data Uint8Array; name from the sender, may be missing */
export function openFile(data, name) {
  const kind = sniff(data.subarray(0, 64));
  const copy = data.slice(); // releases the received frame
  return {
    ...kind,
    blob: new Blob([copy], { type: kind.type }),
    name: safeName(name, kind.extension),
    shown: kind.picture && pixels(copy.buffer, kind.type) <= MAX_PIXELS,
  };
}

/** A file name without path, control or bidirectional characters. */
export function safeName(name, extension) {
  const clean = cut((name ?? '').replace(/[\p{C}/\\:*?"<>|]/gu, '').trim(), MAX_NAME);
  return clean === '' ? `veche.${extension}` : clean;
}

function matches(bytes, { parts }) {
  return parts.every(([offset, magic]) => magic.every((byte, index) => bytes[offset + index] === byte));
}
