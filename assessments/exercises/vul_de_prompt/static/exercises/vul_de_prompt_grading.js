/**
 * vul_de_prompt, graded on the phone as on the server: no tile that is vague or private.
 *
 * @typedef {import("assessments/verdict.js").Verdict} Verdict
 * @typedef {{slots: Record<string, Record<string, string>>, typing: boolean}} VulDePromptKey per slot what each tile is
 */

import { isRecord, wholeVerdict } from "assessments/verdict.js";

/**
 * @param {VulDePromptKey} key
 * @param {unknown} response per slot the id of a tile, or 'zelf' where one may type
 * @returns {Verdict | null} null when it is none
 */
export function gradeVulDePrompt({ slots, typing }, response) {
  if (!isRecord(response) || Object.keys(response).length !== Object.keys(slots).length) return null;
  const sorts = Object.entries(slots).map(([slot, tiles]) => {
    const chosen = Object.hasOwn(response, slot) ? response[slot] : null;
    if (typeof chosen !== "string") return null;
    return Object.hasOwn(tiles, chosen) ? tiles[chosen] : typing && chosen === "zelf" ? "goed" : null;
  });
  return sorts.includes(null) ? null : wholeVerdict(sorts.every((sort) => sort === "goed"));
}
