/**
 * scenario, on the phone as on the server: two choices that follow on each other; without right or wrong.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{paths: string[][]}} ScenarioKey per way through: first choice, second choice, name of the ending
 */

import { wholeVerdict } from "assessments/verdict.js";

/** The way through with these two choices. @param {ScenarioKey} key @param {unknown} response */
export function scenarioPath({ paths }, response) {
  if (!Array.isArray(response) || response.length !== 2) return undefined;
  return paths.find(([first, second]) => first === response[0] && second === response[1]);
}

/** @param {ScenarioKey} key @param {unknown} response @returns {Verdict | null} null when it is none */
export function gradeScenario(key, response) {
  return scenarioPath(key, response) ? wholeVerdict(null) : null;
}
