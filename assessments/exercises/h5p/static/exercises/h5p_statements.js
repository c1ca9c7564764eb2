/**
 * What is sent on of what played content says: a few fields, short. The server reads it again and believes none of it
 * (media/h5p/core/statements.py).
 */

import { isRecord } from "assessments/verdict.js";

const KEPT_VERB = /\/(attempted|answered|completed|progressed|consumed?)$/;
const MOST_LETTERS = 400;

/** @param {unknown} value */
function shortened(value) {
  return typeof value === "string" ? value.slice(0, MOST_LETTERS) : undefined;
}

/** @param {unknown} value @param {string[]} names @returns {unknown} */
function inside(value, ...names) {
  return names.reduce((found, name) => (isRecord(found) ? found[name] : undefined), value);
}

/** @param {unknown} value @returns {number | undefined} */
function asPoints(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Null for what is not kept, such as each tap. @param {unknown} raw */
export function shortStatement(raw) {
  const verb = shortened(inside(raw, "verb", "id"));
  if (!verb || !KEPT_VERB.test(verb)) return null;
  const result = inside(raw, "result");
  const score = inside(result, "score");
  const parent = inside(raw, "context", "contextActivities", "parent");
  return {
    verb: { id: verb },
    object: { id: shortened(inside(raw, "object", "id")) ?? "" },
    ...(Array.isArray(parent) && parent.length ? { context: { contextActivities: { parent: [{}] } } } : {}),
    ...(isRecord(result)
      ? {
          result: {
            success: typeof result.success === "boolean" ? result.success : undefined,
            completion: typeof result.completion === "boolean" ? result.completion : undefined,
            score: isRecord(score) ? { raw: asPoints(score.raw), min: asPoints(score.min), max: asPoints(score.max) } : undefined,
          },
        }
      : {}),
  };
}

/** Whether the whole was answered or gone through; a part of it never makes it done. @param {NonNullable<ReturnType<typeof shortStatement>>} statement */
export function closesWhole(statement) {
  return /\/(answered|completed)$/.test(statement.verb.id) && !statement.context && !/[?&]subContentId=./.test(statement.object.id);
}
