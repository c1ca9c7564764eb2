/** sorteer: one card at a time on one of three piles; each card is kept by itself. */

import { all } from "lms/element.js";
import { Exercise, GO_ON } from "assessments/exercise.js";
import { gradeSorteer } from "./sorteer_grading.js";

class Sorteer extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeSorteer(this.key, response);
  }

  /** @param {unknown} response @param {boolean | null} correct */
  explain(response, correct) {
    const card = Object.keys(/** @type {object} */ (response))[0];
    const form = all(this, ".card-form").find((form) => form.dataset.part === card);
    return form ? this.why(correct ? "right" : "hint", form) : null;
  }

  setUp() {
    /** @type {Record<string, boolean | null>} the verdict per card */
    this.cards = {};
    this.count = document.createElement("p");
    this.count.className = "meta";
    this.prepend(this.count);
    document.addEventListener("kw-variant", () => (this.verdict === undefined ? this.showCard() : this.showCount()));
    this.showCard();
  }

  /** The cards that the chosen variant shows and that are not on the right pile yet. */
  get left() {
    return this.shown(".card-form").filter((card) => this.cards?.[card.dataset.part ?? ""] !== true);
  }

  showCard() {
    const forms = this.shown(".card-form");
    this.current = this.left[0] ?? forms[forms.length - 1];
    for (const form of all(this, ".card-form")) form.hidden = form !== this.current;
    this.showCount();
  }

  showCount() {
    const forms = this.shown(".card-form");
    const place = this.current ? forms.indexOf(this.current) : 0;
    if (this.count) this.count.textContent = `Kaart ${place + 1} van ${forms.length}`;
  }

  /** @param {HTMLFormElement} form @param {HTMLElement | null} button */
  submitted(form, button) {
    if (!(button instanceof HTMLButtonElement) || this.verdict !== undefined) return;
    this.pick(button);
    const verdict = this.answer({ [form.dataset.part ?? ""]: button.value });
    this.cards = { ...this.cards, ...verdict?.parts };
    this.changed();
  }

  get action() {
    if (this.verdict !== true) return super.action;
    if (!this.left.length) return GO_ON;
    return { label: "Volgende kaart", icon: "next", run: () => this.retry() };
  }

  open() {
    super.open();
    this.showCard();
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    this.cards = { ...answer.parts };
    this.showCard();
    if (!this.left.length) this.verdict = true;
  }
}

customElements.define("kw-sorteer", Sorteer);
