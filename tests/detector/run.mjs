// Reads a JSON list of texts from stdin and writes a JSON list of what the detector finds in each.
import { readFileSync } from "node:fs";
import { register } from "node:module";

register("../node/resolve.mjs", import.meta.url);
const { findPersonalData } = await import("language/detector/find.js");

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => findPersonalData(text))));
