/**
 * The outbox: what a learner did lies here until the server says that it is safe.
 *
 * Events wait in IndexedDB (in memory where that is refused), apart per owner, oldest first. Keeping them needs no
 * more than this file; what sends them (sending.js) may come later. Source: design, section 4.
 *
 * @typedef {{id: string, owner: string, at: number, module: string, revision: number, attempt: string,
 *   step: string, exercise?: string, response?: unknown, statement?: unknown, review?: boolean, help?: boolean}} LearnerEvent
 */

/** The events that wait, oldest first. */
class EventStore {
  constructor() {
    /** @type {LearnerEvent[]} what is kept when IndexedDB is refused */
    this.memory = [];
    /** @type {Promise<IDBDatabase | null>} */
    this.database = new Promise((resolve) => {
      try {
        const request = indexedDB.open("kortwijs", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("outbox", { autoIncrement: true });
        request.onsuccess = () => resolve(request.result);
        request.onerror = request.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }

  /** All together or none, and at once: a tab that is closed right after a tap takes nothing along. @param {LearnerEvent[]} events */
  async add(events) {
    const work = (/** @type {IDBObjectStore} */ store) => {
      const [request] = events.map((event) => store.add(event));
      store.transaction.commit?.();
      return request;
    };
    const database = await this.database;
    const done = database && (await this.run(database, "readwrite", work).catch(() => null));
    if (done === null) this.memory.push(...events);
  }

  /** @returns {Promise<LearnerEvent[]>} */
  async all() {
    const database = await this.database;
    const kept = database ? await this.run(database, "readonly", (store) => store.getAll()).catch(() => []) : [];
    return [.../** @type {LearnerEvent[]} */ (kept), ...this.memory];
  }

  /** @param {Set<string>} ids */
  async forget(ids) {
    this.memory = this.memory.filter((event) => !ids.has(event.id));
    const database = await this.database;
    if (!database) return;
    await this.run(database, "readwrite", (store) => {
      const request = store.openCursor();
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return;
        if (ids.has(cursor.value.id)) cursor.delete();
        cursor.continue();
      };
      return request;
    });
  }

  /**
   * @param {IDBDatabase} database @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} work
   */
  run(database, mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("outbox", mode);
      const request = work(transaction.objectStore("outbox"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(request.error);
    });
  }
}

export class Outbox extends EventTarget {
  constructor() {
    super();
    this.store = new EventStore();
    /** @type {"idle" | "sending" | "waiting" | "saved" | "sign_in"} */
    this.state = "idle";
    /** @type {Set<string>} what this page was given or found, and did not yet see saved */
    this.unconfirmed = new Set();
    this.answered = false; // whether the server said something the last time, be it that it cannot keep anything now
    this.adding = 0; // what is on its way into the store is in no list of what waits, and not saved either
    /** @type {LearnerEvent | undefined} the last thing about help that waits (hand.js) */
    this.help = undefined;
    /** @type {{send: () => Promise<void>} | undefined} sees to sending, once it is there */
    this.sender = undefined;
  }

  /** Keep events here and send them soon, together. @param {LearnerEvent[]} events */
  async add(events) {
    for (const event of events) this.unconfirmed.add(event.id);
    if (this.state === "saved") this.become("sending"); // from this moment on not all is saved
    this.adding++;
    await this.store.add(events);
    this.adding--;
    await this.send();
  }

  /** Send what waits. */
  async send() {
    await this.sender?.send();
  }

  /** @param {Outbox["state"]} state */
  become(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

export const outbox = new Outbox();
