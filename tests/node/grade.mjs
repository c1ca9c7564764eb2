// Grades as a phone does. Reads a JSON list of {kind, key, response}, writes a JSON list of verdicts, null for a wrong shape.
import { readFileSync } from "node:fs";
import { register } from "node:module";

register("./resolve.mjs", import.meta.url);

const graders = {};
async function grader(kind) {
  const file = new URL(`../../assessments/exercises/${kind}/static/exercises/${kind}_grading.js`, import.meta.url);
  const found = Object.entries(await import(file)).filter(([name]) => name.startsWith("grade"));
  if (found.length !== 1) throw new Error(`${file} exports ${found.length} functions that grade`);
  return found[0][1];
}

const verdicts = [];
for (const { kind, key, response } of JSON.parse(readFileSync(0, "utf8"))) {
  graders[kind] ??= await grader(kind);
  verdicts.push(graders[kind](key, response));
}
process.stdout.write(JSON.stringify(verdicts));
