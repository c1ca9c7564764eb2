/** dit_doe_ik: choose one thing for today; no right or wrong. */

import { Exercise } from "assessments/exercise.js";

class DitDoeIk extends Exercise {
  /** @returns {HTMLInputElement | null} */
  get chosen() {
    return this.querySelector(/** @type {"input"} */ ("input:checked"));
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
    this.answer(chosen.value, null, null);
    return true;
  }

  /** What was chosen, in words, when it is a plan. */
  get plan() {
    const chosen = this.chosen;
    return chosen && chosen.value !== "niet" ? (chosen.closest("label")?.innerText.trim() ?? "") : "";
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    const input = this.querySelector(/** @type {"input"} */ (`input[value="${answer.response}"]`));
    if (input) input.checked = true;
  }
}

customElements.define("kw-dit_doe_ik", DitDoeIk);
