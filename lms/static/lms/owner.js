/** Whose answers this phone keeps: the key in the owner cookie, made here for someone new. */

import { uuid } from "lms/element.js";

const YEAR = 400 * 24 * 3600;

/** @param {string} name @returns {string} */
export function readCookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** @param {string} name @param {string} value */
export function writeCookie(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

/** The key, or "" for someone of whom nothing is kept; a cookie that holds no key is none. @returns {string} */
export function knownOwner() {
  const key = readCookie("eigenaar");
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : "";
}

let pageOwner = knownOwner();

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

/**
 * What was kept under one key is under another from now on: the server said so. Not when someone else
 * took the phone meanwhile.
 * @param {string} before @param {string} now
 */
export function followOwner(before, now) {
  if (pageOwner === before) pageOwner = now;
  if (knownOwner() === before && before !== now) writeCookie("eigenaar", now);
}

/** A page that stood open, or that 'back' brings again, may be of the one who was here before. */
function reloadForSomeoneElse() {
  if (pageOwner && knownOwner() !== pageOwner) location.reload();
}

addEventListener("pageshow", (event) => event.persisted && reloadForSomeoneElse());
document.addEventListener("visibilitychange", () => document.hidden || reloadForSomeoneElse());

/** The key; made when there is none, so only to be asked for when something is to be kept. */
export function owner() {
  const known = knownOwner();
  if (known) return known;
  const made = uuid();
  pageOwner = made;
  writeCookie("eigenaar", made);
  return made;
}
