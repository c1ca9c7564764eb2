/** Reads the names as bin/make_names.py packed them: steps between sorted numbers, doubled, odd for a family name. */

import { NAMES_SALT, PACKED_NAMES } from "language/detector/packed_names.js";

/** @type {Set<number>[]} numbers of first names, and of family names */
const packedNumbers = [new Set(), new Set()];

/** @param {number} i */
const packedSign = (i) => PACKED_NAMES.charCodeAt(i) - (PACKED_NAMES[i] > "\\" ? 36 : 35);

for (let i = 0, at = 0; i < PACKED_NAMES.length; i += 2) {
  const step = packedSign(i) * 91 + packedSign(i + 1);
  packedNumbers[step & 1].add((at += step >> 1));
}

/** @param {string} name @param {number} list */
function isPacked(name, list) {
  let number = NAMES_SALT;
  for (let i = 0; i < name.length; i++) number = Math.imul(number ^ name.charCodeAt(i), 16777619);
  return packedNumbers[list].has(number >>> 12);
}

export const FIRST_NAMES = { has: (/** @type {string} */ name) => isPacked(name, 0) };
export const SURNAMES = { has: (/** @type {string} */ name) => isPacked(name, 1) };
