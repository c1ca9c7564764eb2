// Reads {bsn: [...], iban: [...], telephone: [...]} and writes what our own checks say of each.
import { file, given, tell } from "./detector.mjs";

const { hasIbanCheck, isBsn, telephoneLength } = await file("numbers");
const { bsn, iban, telephone } = given();
tell({ bsn: bsn.map(isBsn), iban: iban.map(hasIbanCheck), telephone: telephone.map(telephoneLength) });
