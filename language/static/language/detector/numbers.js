/** Numbers with a shape or a check digit: bank account, BSN, telephone, number plate. */

/** @param {string} text */
export const digitsOf = (text) => text.replace(/\D/g, "");

/**
 * The check of a BSN (11-test).
 * @param {string} text
 */
export function isBsn(text) {
  const digits = digitsOf(text).padStart(9, "0");
  if (digits.length !== 9 || !Number(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number(digits[i]) * (9 - i);
  return (sum - Number(digits[8])) % 11 === 0;
}

/**
 * How much of the text is a bank account number (IBAN). A Dutch one counts with a wrong check too: it is then a slip.
 * @param {string} text
 * @returns {number} its length in the text, 0 when it is none
 */
export function ibanLength(text) {
  if (/^nl/i.test(text))
    return /^nl\d\d(?:[ .-]?[a-z]){4}(?:[ .-]?\d){10}/i.test(text) ? cutAfter(text, 18, /[a-z\d]/i) : 0;
  for (let end = text.length; end > 14; end--) {
    if (!/^[a-z\d]/i.test(text.slice(end)) && hasIbanCheck(text.slice(0, end).replace(/[^a-z\d]/gi, ""))) return end;
  }
  return 0;
}

/** @param {string} account */
export function hasIbanCheck(account) {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/**
 * How much of the text is a telephone number: Dutch, or of elsewhere with its + or 00.
 * @param {string} text
 * @returns {number}
 */
export function telephoneLength(text) {
  if (/^\d\d?([-./ ])\d\d?\1(?:19|20)\d\d/.test(text)) return 0; // a date
  const digits = digitsOf(text);
  const dutch = /^(?:(?:00)?310?|0)(?=[1-9])/.exec(digits);
  const abroad = /^(?:\+|00)/.test(text);
  if (dutch && abroad === dutch[0].length > 1) return cutAfter(text, dutch[0].length + 9, /\d/);
  return abroad && digits.length > 9 ? text.length : 0;
}

const PLATES =
  "|LL-99-99|99-99-LL|99-LL-99|LL-99-LL|LL-LL-99|99-LL-LL|99-LLL-9|9-LLL-99|LL-999-L|L-999-LL|LLL-99-L|L-99-LLL|9-LL-999|999-LL-9|";

/** @param {string} text */
export const isPlate = (text) =>
  PLATES.includes(`|${text.replace(/[a-z]/gi, "L").replace(/\d/g, "9").replace(/ /g, "-")}|`);

/**
 * Where the text has had so many signs of a kind, when no more of it follows at once; else 0.
 * @param {string} text
 * @param {number} count
 * @param {RegExp} sign
 */
function cutAfter(text, count, sign) {
  for (let i = 0; i < text.length; i++) {
    if (sign.test(text[i]) && --count === 0) return i + 1 < text.length && sign.test(text[i + 1]) ? 0 : i + 1;
  }
  return 0;
}
