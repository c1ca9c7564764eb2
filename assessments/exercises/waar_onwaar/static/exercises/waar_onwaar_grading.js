/**
 * waar_onwaar, graded on the phone as on the server: the right answer for the right reason.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{right: boolean, reasons: string[], why: string[]}} WaarOnwaarKey `why`: the ids of the right reasons
 */

import { isRecord, wholeVerdict } from "assessments/verdict.js";

/**
 * @param {WaarOnwaarKey} key
 * @param {unknown} response {answer: true or false, reason: id of a reason}; without reasons, only the answer
 * @returns {Verdict | null} null when it is none
 */
export function gradeWaarOnwaar(key, response) {
  if (!isRecord(response) || typeof response.answer !== "boolean") return null;
  if (!Object.keys(response).every((name) => name === "answer" || name === "reason")) return null;
  const reason = response.reason ?? null;
  const right = response.answer === key.right;
  const asked = right && key.reasons.length > 0;
  if (reason === null ? asked : typeof reason !== "string" || !key.reasons.includes(reason)) return null;
  return wholeVerdict(right && (reason === null || key.why.includes(String(reason))));
}
