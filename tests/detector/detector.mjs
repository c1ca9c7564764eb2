// The detector as a phone has it: its files, and its lists. Given to the scripts beside this one.
import { readFileSync } from "node:fs";
import { register } from "node:module";

register("../node/resolve.mjs", import.meta.url);

/** @param {string} name */
export const file = (name) => import(`language/detector/${name}.js`);

export const given = () => JSON.parse(readFileSync(0, "utf8"));
export const tell = (found) => process.stdout.write(JSON.stringify(found));

const lists = new URL("../../language/static/language/detector/lists.json", import.meta.url);
(await file("lists")).useLists(JSON.parse(readFileSync(lists, "utf8")));
