/**
 * What this phone remembers of one lesson, apart per owner: the place, the attempt and the answers.
 * In a page that stays open while someone else takes the phone, they begin with their own.
 * The server's own account is asked only when this memory is gone (recall.js).
 *
 * @typedef {{response: unknown, correct: boolean | null, parts: Record<string, boolean | null>}} Answer
 * @typedef {{attempt: string, step: string, seen: string[], answers: Record<string, Answer>, plan?: string, own?: string, before?: string[], help?: boolean}} Place
 *   `plan` is what was chosen for today; `own` the words one typed for it, which never leave this phone; `help` whether
 *   help was asked here
 */

import { uuid } from "lms/element.js";
import { knownOwner } from "lms/owner.js";

export class Memory {
  /** @param {string} module */
  constructor(module) {
    this.module = module;
    this.owner = knownOwner();
    /** @type {Place} */
    this.kept = this.read() ?? this.fresh();
  }

  /** @returns {Place} */
  get place() {
    const owner = knownOwner();
    const isAnother = this.owner && this.owner !== owner; // nobody yet becomes someone at the first answer
    this.owner = owner;
    if (isAnother) this.kept = this.read() ?? this.fresh();
    return this.kept;
  }

  set place(place) {
    this.kept = place;
  }

  get key() {
    return `les:${this.owner}:${this.module}`;
  }

  /** @returns {Place} */
  fresh() {
    return { attempt: uuid(), step: "", seen: [], answers: {} };
  }

  /** @returns {Place | null} */
  read() {
    if (!this.owner) return null;
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /** Keep the place; a phone that refuses storage still goes on, it only forgets at a reload. */
  write() {
    const { place } = this;
    if (!this.owner) return; // what nobody did must not be the next one's
    try {
      localStorage.setItem(this.key, JSON.stringify(place));
    } catch {
      /* private window or full: the outbox sends what matters */
    }
  }

  /** Begin again; what was seen before tells later which steps are new. */
  restart() {
    const before = [...new Set([...(this.place.before ?? []), ...this.place.seen])];
    this.place = { ...this.place, ...this.fresh(), before }; // what was chosen stands until something else is chosen
  }

  /** Was this step added since the lesson was finished here? @param {string} step */
  isNew(step) {
    return !!this.place.before?.length && !this.place.before.includes(step);
  }
}
