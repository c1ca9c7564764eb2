/** sorteer: one card at a time on one of three piles; each card is kept by itself. */

import { all } from "lms/element.js";
import { Exercise, GO_ON } from "assessments/exercise.js";

class Sorteer extends Exercise {
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
    return this.shown(".card-form").filter((card) => this.cards?.[card.dataset.card ?? ""] !== true);
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
    const card = form.dataset.card ?? "";
    const right = form.dataset.sign === button.value;
    this.cards = { ...this.cards, [card]: right };
    this.pick(button);
    this.answer({ [card]: button.value }, right, this.why(right ? "right" : "hint", form), { [card]: right });
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
