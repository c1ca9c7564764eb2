// A page on standard input, as the worker keeps it: with one form and width of each photo.
import { readFileSync } from "node:fs";
import { withOnePhotoEach } from "../../lms/static/lms/offline/pages.js";

process.stdout.write(withOnePhotoEach(readFileSync(0, "utf8")));
