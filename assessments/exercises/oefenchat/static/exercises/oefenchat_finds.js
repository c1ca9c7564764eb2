/** What must go from a draft: the author's marks and phrases first, then what the detector finds. */

import { advice } from "language/detector/advice.js";
import { findPersonalData } from "language/detector/find.js";

/**
 * @typedef {{start: number, end: number, text: string, kind: string, tag: string, what: string, advice: string, instead: string}} Loose
 */

/** @type {Record<string, string>} what a mark says, where it is not the name of the kind */
const TAGS = { gezondheid: "ziekte", email: "e-mail", bsn: "BSN", iban: "rekeningnummer", geboortedatum: "geboren", "te-lang": "te lang" };
/** @type {Record<string, string>} */
const WHAT = { bedrag: "Dit is een bedrag.", herkenbaar: "Hieraan herken je iemand." };
/** @type {Record<string, string>} */
const INSTEAD = { naam: "iemand", kenteken: "een auto" };

/**
 * @param {string} text @param {import("./oefenchat_grading.js").OefenchatKey} key @param {"standaard" | "makkelijk"} variant
 * @returns {Loose[]} in order, without overlap
 */
export function partsToLose(text, key, variant) {
  const low = text.toLowerCase();
  /** @type {Loose[]} */
  const found = [];
  const parts = Object.values(key.parts).filter(({ kind }) => kind !== "niets");
  /** @param {string} kind @param {number} start @param {number} end @param {string} [instead] */
  const keep = (kind, start, end, instead = INSTEAD[kind] ?? "") => {
    if (found.some((other) => start < other.end && end > other.start)) return;
    const told = WHAT[kind] ? null : advice(kind);
    found.push({
      start,
      end,
      text: text.slice(start, end),
      kind,
      tag: TAGS[kind] ?? kind,
      what: told ? told.what[variant] : WHAT[kind],
      advice: instead ? `Schrijf: ${instead}.` : told ? told.instead[variant] : "Laat het weg.",
      instead,
    });
  };
  /** @param {string} kind @param {string} words @param {string} [instead] */
  const mark = (kind, words, instead) => {
    const wanted = words.toLowerCase();
    for (let at = wanted ? low.indexOf(wanted) : -1; at >= 0; at = low.indexOf(wanted, at + wanted.length)) {
      keep(kind, at, at + wanted.length, instead);
    }
  };
  for (const part of parts) mark(part.kind, part.text[variant], part.instead[variant] ?? "");
  for (const phrase of key.phrases) mark("herkenbaar", phrase[variant]);
  const fine = new Set(key.fine.map((words) => words[variant].toLowerCase()));
  for (const { kind, start, end } of findPersonalData(text)) {
    if (fine.has(low.slice(start, end).trim())) continue;
    keep(kind, start, end, parts.find((part) => part.kind === kind)?.instead[variant] ?? INSTEAD[kind] ?? "");
  }
  return found.sort((a, b) => a.start - b.start);
}
