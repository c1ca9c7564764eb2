/** What in a text points to a person, with what to write instead: found on the device, kept and sent nowhere. */

import { findPersonalData } from "language/detector/find.js";
import { hasLists, useLists } from "language/detector/lists.js";

/** @type {Record<string, [string, string]>} what it looks like, and what to do; an illness may be what the work is about */
const SAYS = {
  naam: ["een naam", "Noem een functie, geen naam."],
  adres: ["een adres", "Laat het weg."],
  postcode: ["een postcode", "Laat hem weg."],
  geboortedatum: ["een geboortedatum", "Laat hem weg."],
  bsn: ["een BSN", "Laat het altijd weg."],
  iban: ["een rekeningnummer", "Laat het weg."],
  telefoon: ["een telefoonnummer", "Laat het weg."],
  email: ["een mailadres", "Noem een functie, geen adres."],
  kenteken: ["een kenteken", "Laat het weg."],
  nummer: ["een nummer van iemand", "Laat het weg."],
  wachtwoord: ["een wachtwoord", "Laat het altijd weg."],
};
const MOST = 5;

/** Get the lists that the detector reads. @param {string} address @returns {Promise<boolean>} whether they are there */
export async function loadLists(address) {
  try {
    const reply = hasLists() ? null : await fetch(address);
    if (reply?.ok) useLists(await reply.json());
  } catch {
    // no signal: the page says nothing of persons until there is
  }
  return hasLists();
}

/** @param {string[]} texts @returns {string[]} a sentence or two per find; nothing before the lists are there */
export function saidOfPersons(texts) {
  if (!hasLists()) return [];
  const finds = texts.flatMap((text) => findPersonalData(text)).filter(({ kind }) => kind in SAYS);
  const said = finds.map(({ kind, text }) => `‘${text.slice(0, 60)}’ lijkt ${SAYS[kind][0]}. ${SAYS[kind][1]}`);
  return [...new Set(said)].slice(0, MOST);
}
