/** Pages around the lessons: only see to it that what still waits is sent. */

import { outbox } from "learning/outbox.js";

document.documentElement.classList.add("js");
outbox.send();
