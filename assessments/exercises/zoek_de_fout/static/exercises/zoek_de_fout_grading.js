/**
 * zoek_de_fout, graded on the phone as on the server: all that is wrong, and nothing else.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{parts: string[], wrong: string[]}} ZoekDeFoutKey the ids of all parts, and of those that are wrong
 */

import { wholeVerdict } from "assessments/verdict.js";

/** @param {ZoekDeFoutKey} key @param {unknown} response ids of what was tapped @returns {Verdict | null} null when it is none */
export function gradeZoekDeFout({ parts, wrong }, response) {
  if (!Array.isArray(response) || !response.length || new Set(response).size !== response.length) return null;
  if (!response.every((part) => parts.includes(part))) return null;
  return wholeVerdict(response.length === wrong.length && wrong.every((part) => response.includes(part)));
}
