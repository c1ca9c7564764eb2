/** keuze: one tap answers; where more answers are right, boxes and 'Kijk na'. */

import { all, copiesOf } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeKeuze } from "./keuze_grading.js";

class Keuze extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeKeuze(this.key, response);
  }

  setUp() {
    this.tries = 0;
    document.addEventListener("kw-variant", () => this.changed());
  }

  /** The boxes that the chosen variant shows; none where one tap answers. */
  get boxes() {
    return this.shown("label.choice").map((label) => /** @type {HTMLInputElement} */ (label.querySelector("input")));
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked).map((box) => box.name);
  }

  get action() {
    if (this.verdict !== undefined || !this.chosen.length) return super.action;
    return { label: "Kijk na", icon: "check", run: () => this.check() };
  }

  check() {
    this.tries = (this.tries ?? 0) + 1;
    this.answer(this.chosen);
    return false;
  }

  /**
   * What was chosen wrong; else what is right. What is missing is told from the second try on.
   * @param {unknown} response @param {boolean | null} correct
   */
  explain(response, correct) {
    if (!Array.isArray(response)) return this.why(String(response));
    /** @type {string[]} */
    const right = this.key.right;
    const wrong = response.filter((option) => !right.includes(option));
    const missed = right.filter((option) => !response.includes(option));
    const hint = (this.tries ?? 0) > 1 ? ["meer", missed[0]] : ["meer"];
    const told = document.createElement("div");
    for (const name of correct ? right : wrong.length ? wrong : hint) {
      told.append(...copiesOf(this.why(name)));
    }
    return told;
  }

  /** @param {HTMLFormElement} _form @param {HTMLElement | null} button */
  submitted(_form, button) {
    if (this.verdict !== undefined) return;
    if (button instanceof HTMLButtonElement && button.value) {
      this.pick(button);
      this.answer(button.value);
    } else if (this.chosen.length) this.check();
  }

  /** @param {import("modules/memory.js").Answer} answer */
  show(answer) {
    if (Array.isArray(answer.response)) {
      for (const box of this.querySelectorAll("input")) {
        if (answer.response.includes(box.name)) this.pick(/** @type {HTMLElement} */ (box.closest(".choice")));
      }
      this.lock(true);
    }
    super.show(answer);
  }

  /** @param {boolean} shut */
  lock(shut) {
    for (const fieldset of this.querySelectorAll("fieldset")) fieldset.disabled = shut;
  }

  /** What was right stays chosen. */
  open() {
    super.open();
    this.lock(false);
    for (const box of this.querySelectorAll("input")) box.checked = box.checked && this.key.right.includes(box.name);
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    const { response } = answer;
    if (!this.grade(response)) return; // the question changed since
    for (const box of this.querySelectorAll("input")) box.checked = Array.isArray(response) && response.includes(box.name);
    const button = all(this, "button.choice").find((choice) => choice.getAttribute("value") === response);
    if (button) this.pick(button);
    this.show(answer);
  }
}

customElements.define("kw-keuze", Keuze);
