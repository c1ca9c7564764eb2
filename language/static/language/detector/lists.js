/**
 * The lists of words and names that the detector reads: language/detector, made into lists.json by bin/make_detector_lists.py.
 *
 * They are data beside the script, so that a page loads no more script than it runs. Until `useLists` was called the
 * detector refuses to work: without names it would call a text clean that is not.
 *
 * @typedef {{words: Record<string, string>, health: string, salt: number, names: string}} Lists
 */

/** @type {Record<string, Set<string>>} */
const words = {};

/** @type {Set<number>[]} numbers of first names, and of family names */
let nameNumbers = [];
let nameSalt = 0;

/** What a word about health begins with, as a regular expression. */
export let healthWord = /(?!)/g;

/** Whether the lists are there. */
export const hasLists = () => nameNumbers.length > 0;

/** @param {Lists} lists */
export function useLists({ words: lines, health, salt, names }) {
  for (const [name, line] of Object.entries(lines)) words[name] = new Set(line.split(" "));
  healthWord = new RegExp(`\\b(?:${health})[a-z-]{0,24}`, "gi");
  nameSalt = salt;
  nameNumbers = unpack(names);
}

/** Two signs are a step between sorted numbers, doubled, odd for a family name. @param {string} names */
function unpack(names) {
  const numbers = [new Set(), new Set()];
  /** @param {number} i */
  const sign = (i) => names.charCodeAt(i) - (names[i] > "\\" ? 36 : 35);
  for (let i = 0, at = 0; i < names.length; i += 2) {
    const step = sign(i) * 91 + sign(i + 1);
    numbers[step & 1].add((at += step >> 1));
  }
  return numbers;
}

/** @param {string} list the name of a file in language/detector */
const listed = (list) => ({ has: (/** @type {string} */ word) => words[list].has(word) });

export const WORD_FIRST_NAMES = listed("word_first_names");
export const WORD_SURNAMES = listed("word_surnames");
export const PARTICLES = listed("particles");
export const TITLES = listed("titles");
export const ROLES = listed("roles");
export const NO_NAMES = listed("no_names");
export const DEEDS = listed("deeds");

/** @param {string} name @param {number} list */
function isPacked(name, list) {
  let number = nameSalt;
  for (let i = 0; i < name.length; i++) number = Math.imul(number ^ name.charCodeAt(i), 16777619);
  return nameNumbers[list].has(number >>> 12);
}

export const FIRST_NAMES = { has: (/** @type {string} */ name) => isPacked(name, 0) };
export const SURNAMES = { has: (/** @type {string} */ name) => isPacked(name, 1) };
