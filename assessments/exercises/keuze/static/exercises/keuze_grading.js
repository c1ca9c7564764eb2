/**
 * keuze, graded on the phone as on the server.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{options: string[], right: string[]}} KeuzeKey the ids of all answers, and of the right ones
 */

import { wholeVerdict } from "assessments/verdict.js";

/**
 * @param {KeuzeKey} key
 * @param {unknown} response the id of the chosen answer; where more are right, a list of ids
 * @returns {Verdict | null} null when it is none
 */
export function gradeKeuze({ options, right }, response) {
  if (right.length < 2) {
    if (typeof response !== "string" || !options.includes(response)) return null;
    return wholeVerdict(right.includes(response));
  }
  if (!Array.isArray(response) || !response.length || new Set(response).size !== response.length) return null;
  if (!response.every((option) => options.includes(option))) return null;
  return wholeVerdict(response.length === right.length && right.every((option) => response.includes(option)));
}
