/** dit_doe_ik: choose one thing for today; no right or wrong. Own words stay on the phone: the answer is 'zelf'. */

import { Exercise } from "assessments/exercise.js";
import { all, one } from "lms/element.js";
import { gradeDitDoeIk } from "./dit_doe_ik_grading.js";

class DitDoeIk extends Exercise {
  setUp() {
    this.addEventListener("change", () => this.offerWords());
  }

  /** @param {unknown} response */
  grade(response) {
    return gradeDitDoeIk(this.key, response);
  }

  /** @returns {HTMLInputElement | null} */
  get chosen() {
    return this.querySelector(/** @type {"input"} */ ("input:checked"));
  }

  get words() {
    return /** @type {HTMLInputElement} */ (one(this, ".own input"));
  }

  /** The place for own words is there when one wants something of one's own. */
  offerWords() {
    one(this, ".own").hidden = this.chosen?.value !== "zelf";
  }

  get action() {
    return this.chosen ? { label: "Bewaar", icon: "check", run: () => this.keep() } : null;
  }

  submitted() {
    if (this.chosen) this.keep();
  }

  keep() {
    const chosen = this.chosen;
    if (!chosen) return false;
    this.answer(chosen.value);
    return true;
  }

  /** What was chosen, in words, when it is a plan. */
  get plan() {
    const chosen = this.chosen;
    return chosen && chosen.value !== "niet" ? this.own || (chosen.closest("label")?.innerText.trim() ?? "") : "";
  }

  /** The learner's own words, while those are the plan. */
  get own() {
    return this.chosen?.value === "zelf" ? this.words.value.trim() : "";
  }

  set own(words) {
    this.words.value = words;
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    const input = all(this, "input[type=radio]").find((radio) => /** @type {HTMLInputElement} */ (radio).value === answer.response);
    if (input) /** @type {HTMLInputElement} */ (input).checked = true;
    this.offerWords();
  }
}

customElements.define("kw-dit_doe_ik", DitDoeIk);
