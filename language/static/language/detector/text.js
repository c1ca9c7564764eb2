/** Makes any text plain enough to search: no accents, no invisible signs; it remembers where each letter stood. */

const PLAIN_LETTERS = /** @type {Record<string, string>} */ ({
  ł: "l",
  Ł: "L",
  ø: "o",
  Ø: "O",
  ı: "i",
  đ: "d",
  ß: "ss",
  æ: "ae",
  "‘": "'",
  "’": "'",
  "`": "'",
  "–": "-",
  "‑": "-",
  "—": "-",
});

/**
 * @param {string} text
 * @returns {{plain: string, places: number[]}} places[i] is where letter i of plain stood in text; one more for the end
 */
export function plainText(text) {
  let plain = "";
  const places = [];
  let at = 0;
  for (const sign of text) {
    const folded = sign <= "~" ? sign : plainSign(sign);
    for (let i = 0; i < folded.length; i++) places.push(at);
    plain += folded;
    at += sign.length;
  }
  places.push(at);
  return { plain, places };
}

/** @param {string} sign */
function plainSign(sign) {
  const letters =
    PLAIN_LETTERS[sign] ??
    sign
      .normalize("NFKD")
      .replace(/[\p{M}\p{Cf}]/gu, "")
      .replace(/\p{Zs}/gu, " ");
  return letters.length < 4 ? letters : "?";
}

/**
 * @typedef {object} PlainWord
 * @property {string} word as written
 * @property {string} low in lower case, without 's
 * @property {boolean} capital
 * @property {boolean} opens the first word of a sentence
 * @property {string} gap what stands before it, after the word before
 * @property {number} start
 * @property {number} end
 */

/**
 * @param {string} plain
 * @returns {PlainWord[]}
 */
export function plainWords(plain) {
  /** @type {PlainWord[]} */
  const words = [];
  let last = 0;
  for (const match of plain.matchAll(/'[st](?!\p{L})|\p{L}{1,60}(?:['-]\p{L}{1,60}){0,4}/gu)) {
    const word = match[0];
    const gap = plain.slice(last, match.index);
    const before = words.at(-1);
    const short = before && gap.startsWith(".") && (before.word.length === 1 || TITLE_DOT.has(before.low));
    last = match.index + word.length;
    words.push({
      word,
      low: word.toLowerCase().replace(/'s$/, ""),
      capital: /^\p{Lu}/u.test(word),
      opens: !before || (!short && /[.!?:;"\n•]/.test(gap)),
      gap,
      start: match.index,
      end: last,
    });
  }
  return words;
}

const TITLE_DOT = new Set(["mw", "mevr", "dhr", "hr", "dr", "drs", "ir", "ing", "prof", "mr", "fam", "st", "geb"]);
