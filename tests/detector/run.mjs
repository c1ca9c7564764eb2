// Reads a JSON list of texts and writes a JSON list of what the detector finds in each.
import { file, given, tell } from "./detector.mjs";

const { findPersonalData } = await file("find");
tell(given().map((text) => findPersonalData(text)));
