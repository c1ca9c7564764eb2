/** What one wrote for oneself: on this phone only, apart per owner. */

import { knownOwner, owner } from "lms/owner.js";

/** What one writes for oneself at one place: kept in this phone's own storage, apart per owner, and nowhere else. */
export class OwnWords {
  /** @param {string} place where it was asked: of a lesson, a product or a week */
  constructor(place) {
    this.place = place;
    this.owner = knownOwner();
  }

  /** @param {string} whose */
  nameFor(whose) {
    return `les:${whose}:eigen:${this.place}`;
  }

  /** Someone else took the phone since this was read. */
  get isOfAnother() {
    return !!this.owner && this.owner !== knownOwner();
  }

  /** What this owner wrote before, and nothing of anyone else. @returns {string} */
  read() {
    this.owner = knownOwner();
    try {
      return (this.owner && localStorage.getItem(this.nameFor(this.owner))) || "";
    } catch {
      return ""; // storage is refused: nothing is there
    }
  }

  /** Gives whether it is kept: a private window or a full phone refuses. @param {string} text */
  keep(text) {
    this.owner = owner();
    const name = this.nameFor(this.owner);
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * What one wrote for oneself is on this phone only, so it goes along to one's new key. Only to be called when
 * the server said that `before` and `now` are one person's.
 * @param {string} before @param {string} now
 */
export function moveOwnWords(before, now) {
  if (before === now) return;
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(`les:${before}:eigen:`)) continue;
      const other = name.replace(before, now);
      const texts = [localStorage.getItem(other), localStorage.getItem(name)].filter(Boolean);
      localStorage.setItem(other, texts.join("\n"));
      localStorage.removeItem(name);
    }
  } catch {
    /* storage is refused or full: what is there stays where it is */
  }
}
