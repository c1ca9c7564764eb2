/** waar_onwaar: first the sentence, then the reason; one question on the screen at a time. */

import { all } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeWaarOnwaar } from "./waar_onwaar_grading.js";

class WaarOnwaar extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeWaarOnwaar(this.key, response);
  }

  /** @param {unknown} response @param {boolean | null} correct */
  explain(response, correct) {
    const { reason } = /** @type {{reason?: string}} */ (response);
    return this.why(reason ?? (correct ? "" : "hint"));
  }

  setUp() {
    const [answers, reasons] = all(this, "fieldset");
    this.answers = answers;
    /** @type {HTMLElement | undefined} */
    this.reasons = reasons;
    if (reasons) reasons.hidden = true;
  }

  /** @param {HTMLElement | undefined} fieldset @returns {HTMLInputElement | null} */
  chosen(fieldset) {
    return fieldset?.querySelector(/** @type {"input"} */ ("input:checked")) ?? null;
  }

  get asksReason() {
    return this.reasons !== undefined && !this.reasons.hidden;
  }

  get action() {
    if (this.verdict !== undefined) return super.action;
    const waiting = this.asksReason ? this.reasons : this.answers;
    return this.chosen(waiting) ? { label: "Kijk na", icon: "check", run: () => this.check() } : null;
  }

  submitted() {
    if (this.verdict === undefined && this.action) this.check();
  }

  check() {
    const answer = this.chosen(this.answers);
    if (!answer) return false;
    const value = answer.value === "true";
    const right = value === this.key.right;
    if (right && this.reasons && !this.asksReason) {
      this.pick(/** @type {HTMLElement} */ (answer.closest(".choice")));
      this.reasons.hidden = false;
      this.reasons.querySelector("input")?.focus();
      this.changed();
      return false;
    }
    const reason = this.chosen(this.reasons);
    const last = /** @type {HTMLElement} */ ((this.asksReason && reason ? reason : answer).closest(".choice"));
    this.pick(last);
    this.answer(right && reason ? { answer: value, reason: reason.value } : { answer: value });
    return false;
  }

  open() {
    super.open();
    if (this.reasons) this.reasons.hidden = true;
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    const { answer: value, reason } = /** @type {{answer: boolean, reason?: string}} */ (answer.response);
    const names = [String(value), ...(reason ? [reason] : [])];
    const inputs = names.map((name) => this.querySelector(/** @type {"input"} */ (`input[value="${name}"]`)));
    if (inputs.includes(null)) return;
    if (reason && this.reasons) this.reasons.hidden = false;
    for (const input of inputs) {
      if (!input) continue;
      input.checked = true;
      this.pick(/** @type {HTMLElement} */ (input.closest(".choice")));
    }
    this.show(answer);
  }
}

customElements.define("kw-waar_onwaar", WaarOnwaar);
