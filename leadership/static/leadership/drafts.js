/**
 * What was typed in a product and is not safe yet lies here, on this device, apart per owner.
 *
 * In IndexedDB; in memory where that is refused, and then it does not outlive the page (`lasts` says so).
 *
 * @typedef {Record<string, string | Record<string, string>[]>} Values
 * @typedef {{values: Values, base: number}} Edition
 * @typedef {Edition & {pending?: Edition}} Draft `pending`: what was sent and not answered yet
 */

/** @type {Promise<IDBDatabase | null>} */
const database = new Promise((resolve) => {
  try {
    const request = indexedDB.open("kortwijs-stukken", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts");
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => resolve(null);
  } catch {
    resolve(null);
  }
});

/** @type {Map<string, Draft>} */
const memory = new Map();

/** @param {string} owner @param {string} place */
const key = (owner, place) => `${owner} ${place}`;

/**
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} work
 * @returns {Promise<any>} what came of it; null where nothing can be kept on this device
 */
async function run(mode, work) {
  const opened = await database;
  if (!opened) return null;
  return new Promise((resolve) => {
    try {
      const transaction = opened.transaction("drafts", mode);
      const request = work(transaction.objectStore("drafts"));
      transaction.commit?.(); // so that it stays when the page is killed at this moment
      transaction.oncomplete = () => resolve(request.result ?? true);
      transaction.onerror = transaction.onabort = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/** Keep a draft here. @param {string} owner @param {string} place @param {Draft} draft @returns {Promise<boolean>} whether it outlives this page */
export async function keepDraft(owner, place, draft) {
  memory.set(key(owner, place), draft);
  return (await run("readwrite", (store) => store.put(draft, key(owner, place)))) !== null;
}

/** @param {string} owner @param {string} place @returns {Promise<Draft | null>} */
export async function draftOf(owner, place) {
  const found = await run("readonly", (store) => store.get(key(owner, place)));
  return found && found !== true ? found : memory.get(key(owner, place)) ?? null;
}

/** The server has it. @param {string} owner @param {string} place */
export async function forgetDraft(owner, place) {
  memory.delete(key(owner, place));
  await run("readwrite", (store) => store.delete(key(owner, place)));
}
