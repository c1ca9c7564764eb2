/**
 * Sends what lies in the outbox. Sending may happen twice; the server ignores ids it has. Source: design, section 4.
 *
 * @typedef {import("learning/outbox.js").LearnerEvent} LearnerEvent
 */

import { followOwner, knownOwner } from "lms/owner.js";
import { moveOwnWords } from "lms/own_words.js";
import { outbox } from "learning/outbox.js";

const ADDRESS = "/leren/events";
const MOST_AT_ONCE = 20;
const OF_ANOTHER = "van een ander"; // refused for being someone else's: it stays here until its owner is back
const WAITS = [2, 5, 15, 30, 60];

class Sender {
  constructor() {
    this.tries = 0;
    this.size = MOST_AT_ONCE;
    this.offered = ""; // the key under which what waits under others was offered
    /** @type {Set<string>} and what that was */
    this.offeredIds = new Set();
    addEventListener("online", () => {
      this.tries = 0; // there is signal again: what fails now is tried again soon
      this.send();
    });
    document.addEventListener("visibilitychange", () => this.send());
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
      const kept = await outbox.store.all();
      const events = kept.filter((event) => event.owner === owner);
      outbox.help = events.filter((event) => "help" in event).pop();
      if (!events.length) {
        if (owner && (await this.sendFormer(owner)) === "later") return this.later();
        return await this.confirm();
      }
      for (const event of events) outbox.unconfirmed.add(event.id);
      outbox.become("sending");
      const outcome = await this.post(events.slice(0, this.size));
      if (outcome === "again") continue;
      if (outcome === "later") return this.later();
      if (outcome === "sign_in") return outbox.become("sign_in");
      this.tries = 0;
    }
  }

  /** Say that all is safe once nothing of this page is kept here; it may be that another tab sent it. What is given
   * while this looks is in no list yet, and not safe. */
  async confirm() {
    if (outbox.adding || !outbox.unconfirmed.size) return;
    const asked = [...outbox.unconfirmed];
    const kept = new Set((await outbox.store.all()).map((event) => event.id));
    for (const id of asked) if (!kept.has(id)) outbox.unconfirmed.delete(id);
    if (!outbox.unconfirmed.size) outbox.become("saved");
  }

  /**
   * What waits under another key, each offered once per page and key: it may be from before two learners became one.
   * The key may change in the middle, also by the cookie of a reply of which the rest was lost; and what a page that
   * was left put in the store may come there late.
   * The server refuses what is someone else's, and it stays here until its owner is back.
   * @param {string} owner
   */
  async sendFormer(owner) {
    if (this.offered !== owner) this.offeredIds.clear();
    this.offered = owner;
    const waits = await outbox.store.all();
    let events = waits.filter((event) => event.owner !== owner && !this.offeredIds.has(event.id));
    let outcome = "done";
    while (events.length && outcome === "done") {
      const part = events.splice(0, MOST_AT_ONCE);
      outcome = await this.post(part);
      if (outcome !== "later") for (const event of part) this.offeredIds.add(event.id);
    }
    return outcome;
  }

  /** @param {LearnerEvent[]} events @returns {Promise<"done" | "later" | "again" | "sign_in">} */
  async post(events) {
    let reply;
    outbox.answered = false;
    try {
      reply = await fetch(ADDRESS, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ events }),
      });
      outbox.answered = true;
      if (reply.status === 401) return "sign_in";
      if ([400, 413].includes(reply.status)) return await this.smaller(events);
      if (!reply.ok) return "later";
      const receipt = await reply.json();
      if (receipt.safe.includes(events[0].id)) moveOwnWords(events[0].owner, receipt.owner);
      followOwner(events[0].owner, receipt.owner);
      const own = receipt.owner === events[0].owner;
      const refused = Object.keys(receipt.refused);
      const never = refused.filter((id) => own || receipt.refused[id] !== OF_ANOTHER);
      await outbox.store.forget(new Set([...receipt.safe, ...never]));
      return receipt.safe.length || refused.length ? "done" : "later";
    } catch {
      return "later";
    }
  }

  /** A batch the server cannot take is sent in smaller parts; one event that it cannot take is given up.
   * @param {LearnerEvent[]} events @returns {Promise<"again">} */
  async smaller(events) {
    if (events.length > 1) this.size = Math.ceil(events.length / 2);
    else await outbox.store.forget(new Set([events[0].id]));
    return "again";
  }

  later() {
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.send(), wait * (800 + 400 * Math.random()));
    outbox.become("waiting");
  }
}

outbox.sender = new Sender();
document.addEventListener("kw-later", () => outbox.send()); // a lesson that began before this came
