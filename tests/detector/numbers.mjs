// Reads {bsn: [...], iban: [...], telephone: [...]} and writes what our own checks say of each.
import { readFileSync } from "node:fs";
import { register } from "node:module";

register("../node/resolve.mjs", import.meta.url);
const { hasIbanCheck, isBsn, telephoneLength } = await import("language/detector/numbers.js");

const { bsn, iban, telephone } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(
  JSON.stringify({ bsn: bsn.map(isBsn), iban: iban.map(hasIbanCheck), telephone: telephone.map(telephoneLength) }),
);
