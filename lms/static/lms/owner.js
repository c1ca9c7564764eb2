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
