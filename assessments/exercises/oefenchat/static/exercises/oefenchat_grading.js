/**
 * oefenchat, graded on the phone as on the server. A response never holds what was typed.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{standaard: string, makkelijk: string}} TwinText
 * @typedef {{kind: string, text: TwinText, instead: Partial<TwinText>}} Part
 * @typedef {{parts: Record<string, Part>, phrases: TwinText[], fine: TwinText[]}} OefenchatKey
 */

import { isRecord, wholeVerdict } from "assessments/verdict.js";

/** @param {OefenchatKey} key @param {unknown} response 'klaar' or {weg: ids} @returns {Verdict | null} null when it is none */
export function gradeOefenchat({ parts }, response) {
  if (response === "klaar") return wholeVerdict(true);
  if (!isRecord(response) || Object.keys(response).join() !== "weg" || !Array.isArray(response.weg)) return null;
  const { weg } = response;
  if (!weg.every((part) => typeof part === "string" && Object.hasOwn(parts, part))) return null;
  if (new Set(weg).size !== weg.length) return null;
  const pointing = Object.keys(parts).filter((part) => parts[part].kind !== "niets");
  return wholeVerdict(pointing.length === weg.length && pointing.every((part) => weg.includes(part)));
}
