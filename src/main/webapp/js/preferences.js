/** What the page remembers between visits; where storage is forbidden, it remembers for as long as it lives. */
const PREFIX = 'veche.';
const here = new Map();

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null; // a browser that blocks storage throws SecurityError
  }
}

export function remember(name, value) {
  here.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is blocked or full: the value above serves this visit.
  }
}

export function forget(name) {
  here.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Storage is blocked: nothing was kept there.
  }
}
