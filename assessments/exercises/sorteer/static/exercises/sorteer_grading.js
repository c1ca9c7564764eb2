/**
 * sorteer, graded on the phone as on the server; each card is a part.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{cards: Record<string, string>}} SorteerKey per card its right sign
 */

import { isRecord, partsVerdict } from "assessments/verdict.js";

/** @param {SorteerKey} key @param {unknown} response cards with the chosen sign @returns {Verdict | null} null when it is none */
export function gradeSorteer({ cards }, response) {
  if (!isRecord(response) || !Object.keys(response).length) return null;
  const signs = Object.entries(response);
  if (!signs.every(([card, sign]) => Object.hasOwn(cards, card) && ["wel", "niet", "vraag"].includes(String(sign)) && typeof sign === "string")) return null;
  return partsVerdict(Object.fromEntries(signs.map(([card, sign]) => [card, cards[card] === sign])));
}
