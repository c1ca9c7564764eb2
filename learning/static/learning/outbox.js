/**
 * The outbox: what a learner did lies here until the server says that it is safe.
 *
 * Events wait in IndexedDB (in memory where that is refused), apart per owner, oldest first.
 * Sending may happen twice; the server ignores ids it has. Source: design, section 4.
 *
 * @typedef {{id: string, owner: string, at: number, module: string, revision: number, attempt: string,
 *   step: string, exercise?: string, response?: unknown, statement?: unknown, review?: boolean, help?: boolean}} LearnerEvent
 */

import { followOwner, knownOwner, moveOwnWords } from "lms/owner.js";

const ADDRESS = "/leren/events";
const MOST_AT_ONCE = 20;
const OF_ANOTHER = "van een ander"; // refused for being someone else's: it stays here until its owner is back
const WAITS = [2, 5, 15, 30, 60];

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
    this.tries = 0;
    this.size = MOST_AT_ONCE;
    /** @type {Set<string>} what this page was given or found, and did not yet see saved */
    this.unconfirmed = new Set();
    addEventListener("online", () => {
      this.tries = 0; // there is signal again: what fails now is tried again soon
      this.send();
    });
    document.addEventListener("visibilitychange", () => this.send());
  }

  /** Keep events here and send them soon, together. @param {LearnerEvent[]} events */
  async add(events) {
    for (const event of events) this.unconfirmed.add(event.id);
    if (this.state === "saved") this.become("sending"); // from this moment on not all is saved
    await this.store.add(events);
    await this.send();
  }

  /** Send what waits; one tab at a time where the browser can see to that. */
  async send() {
    if (this.sending) return void (this.again = true);
    this.sending = true;
    clearTimeout(this.timer);
    try {
      const work = () => this.sendAll();
      if (navigator.locks) await navigator.locks.request("kortwijs-outbox", work);
      else await work();
    } finally {
      this.sending = false;
    }
    if (this.again) {
      this.again = false;
      await this.send();
    }
  }

  async sendAll() {
    for (;;) {
      const owner = knownOwner();
      const kept = await this.store.all();
      const events = kept.filter((event) => event.owner === owner);
      this.help = events.filter((event) => "help" in event).pop(); // the last thing about help that waits (hand.js)
      if (!events.length) {
        if (owner && !this.offered && (await this.sendFormer(owner)) === "later") return this.later();
        return this.confirm(await this.store.all());
      }
      for (const event of events) this.unconfirmed.add(event.id);
      this.become("sending");
      const outcome = await this.post(events.slice(0, this.size));
      if (outcome === "again") continue;
      if (outcome === "later") return this.later();
      if (outcome === "sign_in") return this.become("sign_in");
      this.tries = 0;
    }
  }

  /** Say that all is safe once nothing of this page is kept here; it may be that another tab sent it.
   * @param {LearnerEvent[]} kept */
  confirm(kept) {
    if (!this.unconfirmed.size || kept.some((event) => this.unconfirmed.has(event.id))) return;
    this.unconfirmed.clear();
    this.become("saved");
  }

  /**
   * What waits under another key, offered once per page: it may be from before two learners became one.
   * The server refuses what is someone else's, and it stays here until its owner is back.
   * @param {string} owner
   */
  async sendFormer(owner) {
    let events = (await this.store.all()).filter((event) => event.owner !== owner);
    let outcome = "done";
    for (; events.length && outcome === "done"; events = events.slice(MOST_AT_ONCE)) {
      outcome = await this.post(events.slice(0, MOST_AT_ONCE));
    }
    this.offered = outcome !== "later";
    return outcome;
  }

  /** @param {LearnerEvent[]} events @returns {Promise<"done" | "later" | "again" | "sign_in">} */
  async post(events) {
    let reply;
    try {
      reply = await fetch(ADDRESS, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ events }),
      });
      if (reply.status === 401) return "sign_in";
      if ([400, 413].includes(reply.status)) return await this.smaller(events);
      if (!reply.ok) return "later";
      const receipt = await reply.json();
      if (receipt.safe.includes(events[0].id)) moveOwnWords(events[0].owner, receipt.owner);
      followOwner(events[0].owner, receipt.owner);
      const own = receipt.owner === events[0].owner;
      const refused = Object.keys(receipt.refused);
      const never = refused.filter((id) => own || receipt.refused[id] !== OF_ANOTHER);
      await this.store.forget(new Set([...receipt.safe, ...never]));
      return receipt.safe.length || refused.length ? "done" : "later";
    } catch {
      return "later";
    }
  }

  /** A batch the server cannot take is sent in smaller parts; one event that it cannot take is given up.
   * @param {LearnerEvent[]} events @returns {Promise<"again">} */
  async smaller(events) {
    if (events.length > 1) this.size = Math.ceil(events.length / 2);
    else await this.store.forget(new Set([events[0].id]));
    return "again";
  }

  later() {
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.send(), wait * (800 + 400 * Math.random()));
    this.become("waiting");
  }

  /** @param {Outbox["state"]} state */
  become(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

export const outbox = new Outbox();
