/** What stands around a step, once that can be answered: that it is new, who is learning here, the way to help with it. */

import { one } from "lms/element.js";
import { readCookie } from "lms/owner.js";
import { recall } from "modules/recall.js";

const player = /** @type {any} */ (document.querySelector("kw-player"));

/** A step that was not there when the learner finished this lesson. @param {HTMLElement} step */
function markNew(step) {
  if (!player.memory.isNew(step.dataset.step ?? "") || step.querySelector(".is-new")) return;
  const tag = document.createElement("p");
  tag.className = "tag is-new";
  tag.textContent = "Nieuw";
  step.prepend(tag);
}

/** On a phone that several people use, the first screen says who is learning. @param {boolean} first */
function showWho(first) {
  const note = document.querySelector(/** @type {"p"} */ ("[data-who]"));
  const name = readCookie("naam");
  if (!note) return;
  note.hidden = !first || !name || !readCookie("gedeeld");
  one(note, "[data-name]").textContent = name;
}

function showNotes() {
  const step = player.steps[player.current];
  markNew(step);
  showWho(player.current === 0);
  const help = document.querySelector(/** @type {"a"} */ ("a[data-help]"));
  if (help) help.search = `${new URLSearchParams({ les: location.pathname.split("/")[2], stap: step.dataset.step ?? "" })}`;
}

document.addEventListener("kw-step", showNotes);
document.addEventListener("kw-later", () => {
  showNotes();
  recall(player);
});
