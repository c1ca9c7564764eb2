/** keuze: one tap answers. */

import { all } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";

class Keuze extends Exercise {
  /** @param {HTMLFormElement} _form @param {HTMLElement | null} button */
  submitted(_form, button) {
    if (!(button instanceof HTMLButtonElement) || this.verdict !== undefined) return;
    this.pick(button);
    this.answer(button.value, button.hasAttribute("data-right"), this.why(button.value));
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    const button = all(this, "button.choice").find(
      (choice) => choice instanceof HTMLButtonElement && choice.value === answer.response,
    );
    const why = this.why(String(answer.response));
    if (!button || !why) return;
    this.pick(button);
    this.verdict = answer.correct;
    this.feedback(answer.correct !== false, why);
  }
}

customElements.define("kw-keuze", Keuze);
