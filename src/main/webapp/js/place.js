/** Room and name of the page, and addresses. */
import { recall, remember } from './preferences.js';

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const MAX_NAME = 32;

export const isName = name => [...name].length <= MAX_NAME && !INVISIBLE.test(name);

/** The default room. */
export const LOBBY = 'lobby';

/** The room parameter of the page's address, or ''. */
export function addressedRoom() {
  return new URLSearchParams(location.search).get('room') ?? '';
}

export function currentName() {
  return recall('name') ?? '';
}

export function saveName(name) {
  remember('name', name);
}

/**
 * The secret that identifies this guest across connections: 16 random bytes in base64url, created once and stored.
 */
export function guestSecret() {
  const kept = recall('guest');
  if (kept) return kept;
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  remember('guest', secret.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
  return recall('guest');
}

/** The page's address for a room. */
export function addressOf(room) {
  const url = new URL(location.href);
  url.searchParams.set('room', room);
  return url.href;
}

/** The WebSocket address relative to the page, under any context path. */
export function socketAddress(path, parameters = {}, base = document.baseURI) {
  const url = new URL(path, base);
  url.protocol = url.protocol.replace('http', 'ws');
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}
