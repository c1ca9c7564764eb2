/** Streets with a house number, and streets where somebody is said to live. */

import { FIRST_NAMES } from "language/detector/lists.js";

const STREETS = "straat|straatje|laan|weg|plein|gracht|kade|singel|steeg|dreef|plantsoen";
const OTHER_STREETS =
  "dijk|hof|pad|park|wal|brink|allee|boulevard|erf|markt|ring|baan|haven|hoek|kamp|veld|akker|weide|burg|oord|zoom|tuin|berg|horst|borg|wijk|diep|vaart|heide|poort|zijl|hove";
const HOUSE =
  "\\d{1,4}(?: ?-? ?(?:[a-z]|bis|hs|zwart|rood|i{1,3}|iv|\\d{1,3}))?(?![\\w%]|[.,:]\\d| (?:uur|euro|jaar|kg|km|stuks|dagen|mensen|keer|m2|meter|minuten|weken|x)\\b)";
const LIVES = "(?:woont|wonen|woon|woonde|woonachtig|adres|woonadres|bezorgadres|huisadres|verhuisd|verhuist|thuis)";
const WORD = "[\\w'.-]{1,30}";
const IN = "(?: (?:is|in|op|aan|de|het|van|naar|alleen|nu|zij|hij|ze|samen|bij)){0,4}:? ";

/** @type {[RegExp, (found: string) => boolean][]} the find is the first group */
const ADDRESSES = [
  [
    new RegExp(`\\b([a-z'.-]{2,30}(?:${STREETS})(?: [a-z]{3,12})? ${HOUSE})`, "gi"),
    (found) => !/^(?:onder|snel|terug|uit|over|half|spoor|vlucht|rij|school|werk|winkel|lees|af|vak)/i.test(found),
  ],
  [
    new RegExp(
      `\\b((?:(?:grote|kleine|oude|nieuwe) )?[a-z'.-]{0,30}(?:${OTHER_STREETS})(?: (?:noord|oost|zuid|west)[a-z]{0,6}|zijde)? ${HOUSE})`,
      "gi",
    ),
    (found) =>
      /^[A-Z]/.test(found) &&
      !/^(?:ring|hoek|haven|baan|veld|tuin|berg|wijk|park|pad|kamp|poort|erf|weide|akker) /i.test(found),
  ],
  [/\b(huisnummer \d{1,4} ?[a-z]?)\b/gi, () => true],
  [
    new RegExp(
      `\\b((?:Laan|Plein|Weg|Straat|Hof|Kade|Dijk|Singel|Gracht)(?: (?:van|der|de|den|het|'t)){0,2} (?:[A-Z]${WORD}|19\\d\\d)(?: [A-Z]${WORD})?(?: nr\\.?)? ${HOUSE})`,
      "g",
    ),
    () => true,
  ],
  [
    new RegExp(`\\b([A-Z]${WORD}(?: ${WORD}){0,3} \\d{1,4} ?-?[a-zA-Z]?),? (?:in )?\\d{4} ?[A-Z]{2}\\b`, "g"),
    () => true,
  ],
  [
    new RegExp(`\\b${LIVES}\\b${IN}((?:[a-z]${WORD}(?: ${WORD}){0,3}|(?:huis)?nummer|nr\\.?) ${HOUSE})`, "gi"),
    (found) => /^(?:[A-Z]|n|huisn)/.test(found),
  ],
  [
    new RegExp(
      `\\b(?:${LIVES}${IN}|uit (?:de |het )?)((?:[A-Z]${WORD} (?:van |de |der |den ){0,2})?[A-Z]?[\\w'-]{1,30}(?:${STREETS}|dijk|pad|hof))\\b`,
      "g",
    ),
    (found) => /[A-Z]/.test(found),
  ],
];

/** What begins the name of a street in more words: 'Burgemeester de Vlugtlaan', 'Lange Nieuwstraat'. */
const NAMES_OF_STREETS =
  /^(?:burg|prof|dr|prins|koning|sint|st$|past|dom|ds|gen|adm|graaf|oude|nieuwe|grote|kleine|lange|korte|mr|ir|president|minister|jonker)/;

/**
 * @param {string} plain
 * @returns {{start: number, end: number}[]}
 */
export function findAddresses(plain) {
  const finds = [];
  for (const [look, check] of ADDRESSES) {
    for (const match of plain.matchAll(look)) {
      const start = match.index + match[0].lastIndexOf(match[1]);
      if (check(match[1])) finds.push({ start: streetStart(plain, start), end: start + match[1].length });
    }
  }
  return finds;
}

/** @param {string} plain @param {number} start of the last word of a street */
function streetStart(plain, start) {
  const before = /\b([A-Z][\w'-]{0,30})\.? ?(?:[A-Z]\.? ?){0,4}((?:\b(?:van|de|den|der|het|'t|ter|ten) ){0,2})$/.exec(
    plain.slice(Math.max(0, start - 60), start),
  );
  if (!before) return start;
  const first = before[1].toLowerCase();
  return (before[2] && first.length > 3) || FIRST_NAMES.has(first) || NAMES_OF_STREETS.test(first)
    ? start - before[0].length
    : start;
}
