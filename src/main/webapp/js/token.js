/** The token by which a person is signed in: a JWT, kept for as long as the tab. */
const KEY = 'veche.token';

export function keptToken() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // a browser that blocks storage throws SecurityError
  }
}

/** @param token null forgets */
export function keepToken(token) {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Storage is blocked: it serves this page alone.
  }
}

/** What a JWT claims (RFC 7519 §4), unverified: the server verifies; nothing for what is no JWT. */
export function claimsOf(token) {
  try {
    const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), char => char.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}
