/**
 * What an answer is worth, as assessments.kind.Verdict on the server.
 *
 * @typedef {{correct: boolean | null, parts: Record<string, boolean | null>}} Verdict
 */

/** The verdict on an exercise of one question. @param {boolean | null} correct @returns {Verdict} */
export function wholeVerdict(correct) {
  return { correct, parts: { "": correct } };
}

/** The verdict on parts, each of them right or not. @param {Record<string, boolean>} parts @returns {Verdict} */
export function partsVerdict(parts) {
  return { correct: Object.values(parts).every(Boolean), parts };
}

/** Plain objects with names, as JSON has them. @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
