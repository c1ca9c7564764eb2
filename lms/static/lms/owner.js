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

/** The key, or "" for someone of whom nothing is kept. @returns {string} */
export function knownOwner() {
  return readCookie("eigenaar");
}

/** The key; made when there is none, so only to be asked for when something is to be kept. */
export function owner() {
  const known = knownOwner();
  if (known) return known;
  const made = uuid();
  writeCookie("eigenaar", made);
  return made;
}
