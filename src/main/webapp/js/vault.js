/**
 * Stores unsent items in IndexedDB. Without storage (private windows, embedding in another site) they last as long as
 * the page.
 */
const DATABASE = 'veche';
const STORE = 'outbox';
let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function within(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** All stored items, oldest first. */
export async function kept() {
  const items = await within('readonly', store => store.getAll()).catch(() => []);
  return items.sort((one, other) => one.at - other.at || one.order - other.order);
}

/** Stores an item; false without space or permission. */
export function keep(item) {
  return within('readwrite', store => store.put(item)).then(() => true, () => false);
}

/** Deletes an item. */
export function forget(key) {
  return within('readwrite', store => store.delete(key)).then(() => true, () => false);
}
