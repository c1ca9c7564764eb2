/** Names of people, by the words around them. */

import {
  DEEDS,
  FIRST_NAMES,
  NO_NAMES,
  PARTICLES,
  ROLES,
  SURNAMES,
  TITLES,
  WORD_FIRST_NAMES,
  WORD_SURNAMES,
} from "language/detector/lists.js";
import { FAMOUS, FIRMS, HUMAN, MAKERS, NAMED_AFTER } from "language/detector/words.js";

/** @typedef {import("language/detector/text.js").PlainWord} PlainWord */

const FAMILY_ENDS = /..(?:stra|[stk]ma|[jklrt]ema|inga|erink|[ns]sink|oglu|wski|wska|icz|enko|chuk|ovych)$/;
const SAYS_NAME =
  /(?:naam|ondertekend door|t\.?a\.?v\.?|t\.?n\.?v\.?)(?: (?:is|van|klant|client|patient|bewoner|leerling)){0,2}:? {0,2}$/i;
const LEADS_TO_NAME =
  /(?:\b(?:ik ben|hier is|namens|volgens|groet(?:en|jes)?,?|zei|zegt|vroeg|(?:spreekt|afspraak|gesprek|ruzie|samen|contact) met|groet(?:en)? van)|(?:^|[.,\n] ?)(?:beste|hoi|hallo|dag|hey|hee|geachte|mvg),?|^met|[,.] met) ?[ \n]\n?$/i;
const NOT_INITIAL = /^(?:vitamine|hepatitis|afdeling|groep|team|optie|plan|type|hal|blok|klas|kamer|vak)$/;
const STREET_NAME = /[a-z](?:straat|laan|plein|gracht|kade|singel|steeg|dreef)$/;

/**
 * @param {string} plain
 * @param {PlainWord[]} words
 * @returns {{start: number, end: number}[]}
 */
export function findNames(plain, words) {
  const finds = [];
  let last = -1;
  for (let i = 0; i < words.length; i++) {
    const joined = last >= 0 && i === last + 1 && words[last].low === "en";
    const next = nameAt(plain, words, i, joined);
    if (next <= i) continue;
    const name = { start: words[i].start, end: words[next - 1].end };
    if (plain[name.end] === "." && words[next - 1].word.length === 1) name.end++;
    if (!isOther(plain, name)) {
      finds.push(name);
      last = next;
    }
    i = next - 1;
  }
  return finds;
}

/**
 * Where the name that begins with word i ends: the number of the word after it; i when there is none.
 * @param {string} plain
 * @param {PlainWord[]} words
 * @param {number} i
 * @param {boolean} joined whether a name and 'en' stand before it
 */
function nameAt(plain, words, i, joined) {
  const cue = cueBefore(plain, words, i, joined);
  const cued = cue ? looseName(words, i, cue === "title") : i;
  if (cued > i) return cued;
  const first = firstNameEnd(words, i);
  if (first > i) {
    const end = surnameEnd(words, first, true);
    return end > first || isSureFirst(words, i, first) ? end : i;
  }
  if (isInitial(words[i])) {
    let next = i + 1;
    while (next < i + 6 && goesOn(words, next) && isInitial(words[next])) next++;
    if (!words[next]?.gap.startsWith(".") || NOT_INITIAL.test(words[i - 1]?.low)) return i;
    const end = surnameEnd(words, next, true);
    return end > next ? end : i;
  }
  const end = surnameEnd(words, i, false);
  if (end > i && isSureFamily(words, i, end)) return end;
  return canBeName(words[i]) && !words[i].opens && goesOn(words, i + 1) && HUMAN.test(words[i + 1].low) ? i + 1 : i;
}

/** @param {PlainWord} word */
const isInitial = ({ capital, word }) => capital && word.length === 1;

/** @param {PlainWord} word an unknown word that can be a name where something else says so */
const canBeName = ({ capital, low, word }) =>
  capital &&
  word.length > 1 &&
  !NO_NAMES.has(low) &&
  !DEEDS.has(low) &&
  !TITLES.has(low) &&
  !ROLES.has(low) &&
  word !== word.toUpperCase();

/** Whether word i goes on where the word before it ended. @param {PlainWord[]} words @param {number} i */
const goesOn = (words, i) => {
  const gap = words[i]?.gap;
  return (
    gap !== undefined &&
    (/^ {1,2}$/.test(gap) || (/^\. {0,2}$/.test(gap) && (isInitial(words[i - 1]) || !words[i].opens)))
  );
};

/** @param {string} low */
const isFirstName = (low) => FIRST_NAMES.has(low) || FIRST_NAMES.has(low.split("-")[0]);

/** @param {string} low */
const isFamily = (low) =>
  !NO_NAMES.has(low) &&
  (low.split("-").some((part) => SURNAMES.has(part)) || WORD_SURNAMES.has(low) || SURNAMES.has(low.replace(/s$/, "")));

/** @param {PlainWord[]} words @param {number} i */
function firstNameEnd(words, i) {
  const { low, capital } = words[i];
  const known = isFirstName(low) || (capital && low.endsWith("s") && FIRST_NAMES.has(low.slice(0, -1)));
  if (capital ? !known && !WORD_FIRST_NAMES.has(low) : !known || low.length < 3) return i;
  let next = i + 1;
  while (
    next < i + 4 &&
    goesOn(words, next) &&
    words[next].capital &&
    (isFirstName(words[next].low) || isInitial(words[next]))
  )
    next++;
  return next;
}

/**
 * Where a family name from word i ends. After a first name or initial any word with a capital is one.
 * @param {PlainWord[]} words
 * @param {number} i
 * @param {boolean} loose whether a first name or initial stands before it
 */
function surnameEnd(words, i, loose) {
  let at = i;
  while (
    at < i + 3 &&
    words[at] &&
    ((at === i && !loose) || goesOn(words, at)) &&
    PARTICLES.has(words[at].low) &&
    (loose || !/^(?:in|op|aan|bij|ben)$/.test(words[at].low))
  )
    at++;
  const word = words[at];
  if (!word || (!(at === i && !loose) && !goesOn(words, at))) return i;
  const listed = isFamily(word.low) || (word.capital && FAMILY_ENDS.test(word.low));
  const arab = at > i && words[at - 1].capital && /^(?:el|ait|ould)$/.test(words[at - 1].low);
  if (!(word.capital ? listed || ((loose || arab) && canBeName(word)) : listed && !WORD_SURNAMES.has(word.low)))
    return i;
  const next = at + 1;
  return loose && goesOn(words, next) && words[next].capital && isFamily(words[next].low) ? next + 1 : next;
}

/** A first name alone: sure, unless it is a word too and opens the sentence. @param {PlainWord[]} words @param {number} i @param {number} next */
function isSureFirst(words, i, next) {
  if (/\d\.? ?$/.test(words[i].gap) || /^(?:sint|st)$/.test(words[i - 1]?.low)) return false;
  return !WORD_FIRST_NAMES.has(words[i].low) || !words[i].opens || (goesOn(words, next) && isDeed(words[next].low));
}

/** What a person does, in the third person. @param {string} low */
const isDeed = (low) => DEEDS.has(low) || HUMAN.test(low) || (/[a-z]{2}t$/.test(low) && !NO_NAMES.has(low));

/** A family name alone. @param {PlainWord[]} words @param {number} i @param {number} end */
function isSureFamily(words, i, end) {
  if (FIRMS.test(words[i - 1]?.low)) return false;
  return (
    !WORD_SURNAMES.has(words[end - 1].low) ||
    (end - i > 1 && words[i].capital) ||
    (!words[i].opens && words[end - 1].capital)
  );
}

/**
 * What stands before a name: a title, 'naam:', a role, 'ik ben'.
 * @param {string} plain
 * @param {PlainWord[]} words
 * @param {number} i
 * @param {boolean} joined
 * @returns {"" | "title" | "role"}
 */
function cueBefore(plain, words, i, joined) {
  const { gap, start, opens } = words[i];
  const before = words[i - 1]?.low;
  if (TITLES.has(before) && /^\.? {1,2}$/.test(gap)) return "title";
  const text = plain.slice(Math.max(0, start - 32), start);
  if (SAYS_NAME.test(text)) return "title";
  if ((joined && !opens) || (ROLES.has(before) && /^,? {1,2}$|^,?\n{1,2}$/.test(gap)) || LEADS_TO_NAME.test(text))
    return "role";
  return "";
}

/** A name after a cue: words with a capital that are not known as something else. @param {PlainWord[]} words @param {number} i @param {boolean} small whether small letters will do */
function looseName(words, i, small) {
  let at = i;
  let end = i;
  if (!small && !words[i].capital) return i;
  for (; at < i + 7 && (at === i ? words[at] : goesOn(words, at)); at++) {
    const { low } = words[at];
    if (
      canBeName(words[at]) ||
      isInitial(words[at]) ||
      (small && !PARTICLES.has(low) && (isFirstName(low) || WORD_FIRST_NAMES.has(low) || isFamily(low)))
    )
      end = at + 1;
    else if (!PARTICLES.has(low)) break;
  }
  return end;
}

/** A painter, a school named after someone. @param {string} plain @param {{start: number, end: number}} name */
function isOther(plain, { start, end }) {
  const found = plain.slice(start, end).toLowerCase();
  return (
    STREET_NAME.test(found) ||
    NAMED_AFTER.test(plain.slice(end, end + 16)) ||
    FAMOUS.test(found) ||
    MAKERS.test(plain.slice(Math.max(0, start - 32), start)) ||
    (found === "jan steen" &&
      /schilder|museum|huishouden|kunst|doek|prent/i.test(plain.slice(Math.max(0, start - 80), end + 80)))
  );
}
