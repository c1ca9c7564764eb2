/**
 * volgorde, graded on the phone as on the server.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{order: string[], makkelijk: string[]}} VolgordeKey ids in the right order; those that makkelijk shows
 */

import { wholeVerdict } from "assessments/verdict.js";

/** @param {VolgordeKey} key @param {unknown} response ids in the chosen order @returns {Verdict | null} null when it is none */
export function gradeVolgorde({ order, makkelijk }, response) {
  if (!Array.isArray(response) || new Set(response).size !== response.length) return null;
  const asked = [order, makkelijk].find((ids) => ids.length === response.length && ids.every((id) => response.includes(id)));
  return asked ? wholeVerdict(asked.every((id, place) => id === response[place])) : null;
}
