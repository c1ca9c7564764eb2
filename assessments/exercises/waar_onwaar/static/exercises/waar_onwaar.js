/** waar_onwaar: first the sentence, then the reason; one question on the screen at a time. */

import { all } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";

class WaarOnwaar extends Exercise {
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
    const right = answer.hasAttribute("data-right");
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
    if (!right) this.answer({ answer: value }, false, this.why("hint"));
    else if (reason) this.answer({ answer: value, reason: reason.value }, reason.hasAttribute("data-right"), this.why(reason.value));
    else this.answer({ answer: value }, true, this.why(""));
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
    const why = this.why(reason ?? (answer.correct ? "" : "hint"));
    if (inputs.includes(null) || !why) return;
    if (reason && this.reasons) this.reasons.hidden = false;
    for (const input of inputs) {
      if (!input) continue;
      input.checked = true;
      this.pick(/** @type {HTMLElement} */ (input.closest(".choice")));
    }
    this.verdict = answer.correct;
    this.feedback(answer.correct !== false, why);
  }
}

customElements.define("kw-waar_onwaar", WaarOnwaar);
