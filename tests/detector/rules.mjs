// Writes the source of every regular expression that the detector runs over a whole text.
import { register } from "node:module";

register("../node/resolve.mjs", import.meta.url);
const seen = new Set();
const matchAll = String.prototype.matchAll;
String.prototype.matchAll = function (rule) {
  seen.add(rule.source);
  return matchAll.call(this, rule);
};
const { findPersonalData } = await import("language/detector/find.js");
findPersonalData("Jan is ziek.");
process.stdout.write(JSON.stringify([...seen]));
