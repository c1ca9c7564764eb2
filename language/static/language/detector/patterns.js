/**
 * What can be found by its shape. In each rule the find is the last group and ends the match.
 * Every repeat has an upper bound, so that no text can make a rule slow; tests/language/test_detector_bounds.py keeps that.
 */

import { digitsOf, ibanLength, isBsn, isPlate, telephoneLength } from "language/detector/numbers.js";

/**
 * @typedef {object} Pattern
 * @property {string} kind
 * @property {RegExp} look
 * @property {(found: string, before: string, after: string) => number | boolean} [check] true, or how much of the find counts
 */

const MONTH = "(?:jan|feb|mrt|maart|apr|mei|juni?|juli?|aug|sept?|okt|nov|dec)[a-z]{0,6}";
const DATE = `(?:\\d{1,2}[-/. ]{1,2}\\d{1,2}[-/. ]{1,2}(?:\\d{4}|'?\\d\\d)|\\d{4}-\\d\\d?-\\d\\d?|\\d{1,2}e? ?${MONTH}(?:\\.? '?\\d{4}|\\.? '?\\d\\d)?|\\d{8}|(?:19|20)\\d\\d)(?!\\d)`;
/** @param {string} before the text before the find */
const isThing = (before) =>
  /(?:artikel|order|ean|barcode|model|type|serie|kvk|btw|product|batch)[\w-]{0,12}[ :#.]{0,3}(?:is )?$/i.test(before);

/** @type {Pattern[]} */
export const PATTERNS = [
  {
    kind: "email",
    look: /([\w.+-]{1,64}(?:@| ?[([](?:at|@)[)\]] ?| apenstaartje )[\w-]{1,63}(?:(?:\.| punt )[\w-]{2,24}){1,4})/gi,
    check: (found) =>
      !/^(?:info|contact|klantenservice|service|receptie|administratie|support|no-?reply|kantoor|planning|helpdesk|verkoop|balie)@/i.test(
        found,
      ),
  },
  { kind: "iban", look: /\b([a-z]{2}\d\d(?:[ .-]?[a-z\d]){11,30})/gi, check: ibanLength },
  {
    kind: "wachtwoord",
    look: new RegExp(
      "\\b(?:wachtwoord(?:en)?|wachtw|ww|pw|password|pass|wachtzin|pincode|pin|inlogcode|toegangscode|deurcode|alarmcode|kluiscode|sleutelcode|wificode|code)\\b" +
        "(?:(?: (?:van|voor|op|in|bij)(?: [^\\s:]{1,20}){1,4}?)?(?:(?: (?:is|was|wordt|nu|nog|dus|gewoon|blijft)){1,3} | ?[:=]{1,2} ?)| )(\"[^\"\\n]{3,40}\"|'[^'\\n]{3,40}'|[^\\s\"']{3,40})",
      "gi",
    ),
    check: (found, before) =>
      isSecret(found, /[:=]\s{0,2}$/.test(before)) && found.replace(/[.,;:?)]{1,3}$/, "").length,
  },
  { kind: "wachtwoord", look: /\b(?:inlog|login|inloggegevens|account)\b:? [^\s/]{2,40} ?\/ ?([^\s/]{5,40})/gi },
  {
    kind: "bsn",
    look: new RegExp(
      `\\b(?:bsn|burgerservicenummer|sofi-?nummer)(?:-?nummer|-?nr)?\\b[^\\d\\n]{0,25}(\\d(?:[ .-]?\\d){7,8})(?!\\d)`,
      "gi",
    ),
  },
  {
    kind: "nummer",
    look: new RegExp(
      `\\b([a-z-]{0,24}(?:nummer|nr|code|kenmerk|registratie|dossier|polis)|lidmaatschap|zaak|paspoort|rijbewijs|id-kaart|ticket|referentie|abonnement)\\b[^\\d\\n,;!?]{0,30}?[ :=#.-]['\"]?((?:[a-z]{1,5}[-./]?){0,2}\\d(?:[-./]?[a-z\\d]| \\d\\d){2,20})(?! (?:euro|kg|km|uur|stuks|keer|mensen|jaar))`,
      "gi",
    ),
    check: (found, before) =>
      digitsOf(found).length >
        (/(?:^|[^a-z-])(?:nummer|nr|code)\W{1,3}(?:is )?$/i.test(before)
          ? telephoneLength(found) || isBsn(found)
            ? 99
            : 4
          : 2) &&
      !/\b(?:kamer|artikel|huis|afdeling|lijn|model|type|versie|serie|pagina|product|tafel|telefoon|mobiel|batch|partij|charge|lot|post|kleur|onderdeel|pallet|vak|kvk|btw|machine|norm|bar|qr|kvk-|btw-|alarm|nood|kassa|service)(?:nummer|nr|code)?\b[^\d]{0,40}$/i.test(
        before,
      ),
  },
  {
    kind: "geboortedatum",
    look: new RegExp(
      `\\b(?:geboren|geb|geboortedatum|geboortedag|geboortejaar|jarig|verjaardag|gebdat)\\b[^\\d\\n]{0,40}(${DATE})`,
      "gi",
    ),
  },
  {
    kind: "geboortedatum",
    look: new RegExp(`(?:^|[^\\d-])(${DATE})`, "gi"),
    check: (found, before) =>
      found.length > 7 &&
      /(?:19[1-9]\d|200\d|201[0-2])(?!\d)/.test(found) &&
      !/^\d{8}$/.test(found) &&
      !/(?:sinds|opgericht|gebouwd|wet|factuur|ingang|vanaf|gesticht|opgesteld|d\.d|bouwjaar)[^.\n]{0,20}$/i.test(
        before,
      ),
  },
  {
    kind: "kenteken",
    look: /\b((?:[a-z]{1,3}|\d{1,3})-(?:[a-z]{1,3}|\d{1,3})-(?:[a-z]{1,3}|\d{1,3}))(?![\w-])/gi,
    check: isPlate,
  },
  {
    kind: "kenteken",
    look: /\b(?:kenteken|nummerbord|nummerplaat|kentekens)\b[^\d\n]{0,25}?\b((?=[a-z\d]{0,3}[ -]?[a-z]{0,3}\d)[a-z\d]{1,3}[ -]?[a-z\d]{2,3}[ -]?[a-z\d]{1,2})\b/gi,
    check: (found) => /\d/.test(found) && /[a-z]/i.test(found) && found.replace(/[ -]/g, "").length === 6,
  },
  {
    kind: "telefoon",
    look: /((?:\+|\(?\b0)\d?(?:[ ()./-]{0,3}\d){7,14})/g,
    check: (found, before) => (isThing(before) ? 0 : telephoneLength(found)),
  },
  {
    kind: "telefoon",
    look: /\b(?:tel|telefoon|telefoonnummer|mobiel|mobiele nummer|nummer is|toestelnummer)\b[ .:]{1,4}(?:is )?(\d(?:[ -]?\d){5,9})(?!\d)/gi,
  },
  {
    kind: "bsn",
    look: /(?:^|[^\d.,€+-]|[^\d] )(\d{9}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{4}[.-]\d\d[.-]\d{3})(?![\d]|[.,-]\d| euro)/g,
    check: (found, before) => isBsn(found) && !isThing(before),
  },
  {
    kind: "postcode",
    look: /\b([1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2})\b/g,
    check: (found) => !/^(?:19|20)\d\d (?:AI|EU|WK|EK|IT|IN|EN|IS|DE)$|\d (?:K[GMW]|[MG]B)$/.test(found),
  },
  {
    kind: "postcode",
    look: /\b([1-9]\d{3} ?[a-z]{2})\b/g,
    check: (found, before) =>
      /[\d ,][ ,]{1,3}$|postcode\W{1,3}(?:is )?$/.test(before) &&
      !/(?:en|is|in|op|k[gmw]|de|na|of|om|te|[mc]m|er|ik|m[gl]|ha|eu|[mg]b)$/.test(found),
  },
];

/** @param {string} found @param {boolean} named whether a colon stands before it */
function isSecret(found, named) {
  if (/^(?:www|https?:|(?:minimaal|minstens|maximaal|vergeten|verlopen|zie|niet|geen|altijd|nooit)$)/i.test(found))
    return false;
  const secret = found.replace(/[.,;:?)]{1,3}$/, "");
  return (
    secret.length > 2 &&
    (named || /^\d{4,8}$|^(?=.*\d)(?=.*\D)|[!@#$%^&*_+=?].|[a-z]-[a-z]{1,40}-[a-z]|^["']|[a-z][A-Z]|!$/.test(secret))
  );
}
