/** The user's JWT, in session storage. */
const KEY = 'veche.token';

export function keptToken() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // a browser that blocks storage throws SecurityError
  }
}

/** @param token null removes it */
export function keepToken(token) {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Storage is blocked.
  }
}

/** Unverified claims of a JWT (RFC 7519 §4), which the server verifies; {} if malformed. */
export function claimsOf(token) {
  try {
    const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), char => char.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}
