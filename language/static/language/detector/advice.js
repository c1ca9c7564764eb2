/** What a find is and what to write instead, in both variants. */

/**
 * @typedef {{makkelijk: string, standaard: string}} Twin
 * @typedef {{what: Twin, instead: Twin}} Advice
 */

const AWAY = "Laat het weg.";

/** @type {Record<string, [string, string, string?, string?]>} what it is and what to write; for standaard where that differs */
const ADVICE = {
  naam: ["Dit is een naam.", "Typ: een klant.", "", "Schrijf wat iemand is: een klant, een collega."],
  adres: ["Dit is een adres.", AWAY],
  postcode: ["Dit is een postcode.", AWAY],
  geboortedatum: ["Dit is een geboortedatum.", AWAY, "", "Laat de datum weg. Of schrijf: ongeveer 60 jaar."],
  bsn: ["Dit is een BSN.", "Laat het altijd weg.", "Dit is een burgerservicenummer: een BSN."],
  iban: ["Dit nummer is van de bank.", AWAY, "Dit is een rekeningnummer."],
  telefoon: ["Dit is een telefoonnummer.", AWAY],
  email: ["Dit is een mailadres.", AWAY],
  kenteken: ["Dit is een kenteken.", "Typ: een auto."],
  gezondheid: ["Dit gaat over gezondheid.", AWAY, "Dit gaat over iemands gezondheid. Dat is extra gevoelig."],
  nummer: ["Dit nummer hoort bij iemand.", AWAY, "Met dit nummer vind je iemand terug."],
  wachtwoord: ["Dit is geheim.", "Laat het altijd weg.", "Dit is een wachtwoord of code."],
  "te-lang": ["Deze tekst is te lang.", "Plak een kort stuk.", "Dit stuk is niet gelezen: de tekst is te lang."],
};

/**
 * @param {string} kind
 * @returns {Advice}
 */
export function advice(kind) {
  const [what, instead, whatLong, insteadLong] = ADVICE[kind];
  return {
    what: { makkelijk: what, standaard: whatLong || what },
    instead: { makkelijk: instead, standaard: insteadLong || instead },
  };
}
