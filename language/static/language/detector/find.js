/**
 * Finds what points to a person in a Dutch text, on the phone itself: no network, no page, nothing kept.
 *
 * What it finds and misses: docs/explanation/finding-personal-data.md
 */

import { findAddresses } from "language/detector/addresses.js";
import { findHealth } from "language/detector/health.js";
import { hasLists } from "language/detector/lists.js";
import { findNames } from "language/detector/names.js";
import { PATTERNS } from "language/detector/patterns.js";
import { plainText, plainWords } from "language/detector/text.js";

/** So many characters are read; what comes after is one find of the kind 'te-lang'. */
export const LONGEST = 20_000;

/**
 * @typedef {object} Find
 * @property {string} kind naam, adres, postcode, geboortedatum, bsn, iban, telefoon, email, kenteken, gezondheid, nummer, wachtwoord or te-lang
 * @property {number} start
 * @property {number} end
 * @property {string} text
 */

/**
 * @param {string} text
 * @returns {Find[]} in order, without overlap
 * @throws {Error} before `useLists` was called
 */
export function findPersonalData(text) {
  if (!hasLists()) throw new Error("the lists of the detector are not here yet");
  const { plain, places } = plainText(text.slice(0, LONGEST));
  /** @type {Find[]} */
  const finds = [];
  const taken = new Uint8Array(plain.length);
  /** @param {string} kind @param {number} start @param {number} end */
  const keep = (kind, start, end) => {
    if (end <= start || taken.subarray(start, end).includes(1)) return;
    taken.fill(1, start, end);
    while (places[end] === places[end - 1]) end++; // the rest of a sign that was written out
    finds.push({ kind, start: places[start], end: places[end], text: text.slice(places[start], places[end]) });
  };
  for (const { kind, look, check } of PATTERNS) {
    for (const match of plain.matchAll(look)) {
      const found = match.at(-1) ?? "";
      const start = match.index + match[0].length - found.length;
      const counts = check ? check(found, plain.slice(Math.max(0, start - 60), start), "") : true;
      if (counts) keep(kind, start, start + (counts === true ? found.length : counts));
    }
  }
  for (const { start, end } of findAddresses(plain)) keep("adres", start, end);
  const left = blank(plain, taken);
  const names = findNames(left, plainWords(left));
  for (const { start, end } of names) keep("naam", start, end);
  for (const { start, end } of findHealth(
    plain,
    names.map(({ start }) => start),
  ))
    keep("gezondheid", start, end);
  if (text.length > LONGEST)
    finds.push({ kind: "te-lang", start: LONGEST, end: text.length, text: text.slice(LONGEST) });
  let last = 0;
  return finds.sort((a, b) => a.start - b.start).filter(({ start, end }) => start >= last && (last = end));
}

/**
 * What was found already, blanked: no name goes on into it.
 * @param {string} plain
 * @param {Uint8Array} taken
 */
function blank(plain, taken) {
  let left = "";
  for (let start = 0, end; start < plain.length; start = end) {
    end = taken.indexOf(taken[start] ? 0 : 1, start);
    if (end < 0) end = plain.length;
    left += taken[start] ? "#".repeat(end - start) : plain.slice(start, end);
  }
  return left;
}
