/**
 * WAMP v2 over wamp.2.msgpack: the two vendored libraries, put together. Wampy's own bundle with MessagePack compiles
 * code at run time, which our Content-Security-Policy forbids; its bundle without, and the format's own library, do not.
 */
import { claimsOf } from './token.js';
import { wellFormed } from './well-formed.js';

const VENDOR = [
  ['Wampy', '../vendor/wampy-8.0.2/wampy.min.js'],
  ['MessagePack', '../vendor/msgpack-3.1.3/msgpack.min.js'],
];

/** Both libraries are classic scripts that leave one global each; a page that has named them already is not asked again. */
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
 * A Wampy client that does not reconnect by itself.
 * @param url ws: or wss: address; realm; token of authmethod ticket, or null; secret of a guest, or null, which must not
 *   be in the address, since logs keep that; wire the WebSocket class to use; heard(message) sees each WAMP message
 *   before Wampy does
 */
export async function wampClient({ url, realm, token, secret, wire, heard }) {
  await libraries();
  const { encode, decode } = globalThis.MessagePack;
  const serializer = {
    protocol: 'msgpack',
    isBinary: true,
    encode: message => encode(wellFormed(message), { ignoreUndefined: true }),
    decode(bytes) {
      const message = decode(bytes);
      heard(message);
      return message;
    },
  };
  const ticket = token ? { authid: String(claimsOf(token).sub ?? 'unknown'), authmethods: ['ticket'], onChallenge: () => token } : secret ? { helloCustomDetails: { authextra: { guest_secret: secret } } } : {};
  return new globalThis.Wampy(url, { realm, serializer, ws: wire, autoReconnect: false, uriValidation: 'loose', ...ticket });
}
