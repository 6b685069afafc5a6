/** Which room, under which name, and the address that says so to the server. */
import { recall, remember } from './preferences.js';

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const MAX_NAME = 32;

export const isName = name => [...name].length <= MAX_NAME && !INVISIBLE.test(name);

/** The room that is open where none is named. */
export const LOBBY = 'lobby';

/** The room that the page's address names, as it is written there; '' where it names none. */
export function addressedRoom() {
  return new URLSearchParams(location.search).get('room') ?? '';
}

export function currentName() {
  return recall('name') ?? '';
}

export function takeName(name) {
  remember('name', name);
}

/**
 * The secret by which the server knows this guest again after a reconnect: 16 random bytes in base64url, made once and
 * remembered.
 */
export function guestSecret() {
  const kept = recall('guest');
  if (kept) return kept;
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  remember('guest', secret.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
  return recall('guest');
}

/** The page's own address for a room, to keep and to pass on. */
export function addressOf(room) {
  const url = new URL(location.href);
  url.searchParams.set('room', room);
  return url.href;
}

/** The WebSocket's address beside a page's, under whatever context path that lies. */
export function socketAddress(path, parameters = {}, base = document.baseURI) {
  const url = new URL(path, base);
  url.protocol = url.protocol.replace('http', 'ws');
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}
