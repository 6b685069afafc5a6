/**
 * WAMP v2 over wamp.2.msgpack with two vendored libraries. Wampy's bundle with MessagePack compiles code at run time,
 * which our Content-Security-Policy forbids; its plain bundle and the MessagePack library do not.
 */
import { claimsOf } from './token.js';
import { wellFormed } from './well-formed.js';

const VENDOR = [
  ['Wampy', '../vendor/wampy-8.0.2/wampy.min.js'],
  ['MessagePack', '../vendor/msgpack-3.1.3/msgpack.min.js'],
];

/** Loads both classic scripts unless their globals exist. */
async function libraries() {
  await Promise.all(VENDOR.map(([name, path]) => globalThis[name] ?? load(new URL(path, import.meta.url))));
}

function load(url) {
  const known = [...document.scripts].find(script => script.src === url.href);
  const script = known ?? document.createElement('script');
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`${url} cannot be loaded`)));
  });
  if (!known) {
    script.crossOrigin = 'anonymous';
    script.src = url.href;
    document.head.append(script);
  }
  return loaded;
}

/**
 * A Wampy client without automatic reconnect.
 * @param url ws: or wss: address; realm; token of authmethod ticket, or null; secret of a guest, or null, which must
 *   not be in the address, since logs record that; socketClass the WebSocket class; received(message) sees each WAMP
 *   message before Wampy does
 */
export async function wampClient({ url, realm, token, secret, socketClass, received }) {
  await libraries();
  const { encode, decode } = globalThis.MessagePack;
  const serializer = {
    protocol: 'msgpack',
    isBinary: true,
    encode: message => encode(wellFormed(message), { ignoreUndefined: true }),
    decode(bytes) {
      const message = decode(bytes);
      received(message);
      return message;
    },
  };
  const ticket = token ? { authid: String(claimsOf(token).sub ?? 'unknown'), authmethods: ['ticket'], onChallenge: () => token } : secret ? { helloCustomDetails: { authextra: { guest_secret: secret } } } : {};
  return new globalThis.Wampy(url, { realm, serializer, ws: socketClass, autoReconnect: false, uriValidation: 'loose', ...ticket });
}
