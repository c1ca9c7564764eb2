/**
 * dit_doe_ik, on the phone as on the server: without right or wrong.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{choices: string[]}} DitDoeIkKey the ids of the plans, 'zelf' and 'niet'
 */

import { wholeVerdict } from "assessments/verdict.js";

/** @param {DitDoeIkKey} key @param {unknown} response @returns {Verdict | null} null when it is none */
export function gradeDitDoeIk(key, response) {
  return typeof response === "string" && key.choices.includes(response) ? wholeVerdict(null) : null;
}
