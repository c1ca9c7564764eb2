/** volgorde: tap the steps in order; a number shows the place, another tap takes it away. */

import { all, one } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeVolgorde } from "./volgorde_grading.js";

class Volgorde extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeVolgorde(this.key, response);
  }

  /** @param {unknown} _response @param {boolean | null} correct */
  explain(_response, correct) {
    return this.why(correct ? "right" : "hint");
  }

  setUp() {
    /** @type {string[]} ids in the chosen order */
    this.chosen = [];
    for (const row of all(this, ".order-row")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "choice";
      const number = document.createElement("span");
      number.className = "nr";
      button.append(number, one(row, "label > span"));
      button.addEventListener("click", () => this.tap(row.dataset.item ?? ""));
      row.replaceChildren(button);
    }
    document.addEventListener("kw-variant", () => this.verdict === undefined && this.clear());
    this.paint();
  }

  /** @param {string} item */
  tap(item) {
    if (this.verdict !== undefined || !this.chosen) return;
    const at = this.chosen.indexOf(item);
    if (at >= 0) this.chosen.splice(at, 1);
    else this.chosen.push(item);
    this.paint();
    this.changed();
  }

  paint() {
    for (const row of all(this, ".order-row")) {
      const at = this.chosen?.indexOf(row.dataset.item ?? "") ?? -1;
      one(row, "button").setAttribute("aria-pressed", String(at >= 0));
      one(row, ".nr").textContent = at >= 0 ? String(at + 1) : "";
    }
  }

  clear() {
    this.chosen = [];
    this.paint();
    this.changed();
  }

  get action() {
    if (this.verdict !== undefined) return super.action;
    const complete = this.chosen?.length === this.shown(".order-row").length;
    return complete ? { label: "Kijk na", icon: "check", run: () => this.check() } : null;
  }

  check() {
    this.answer(this.chosen);
    return false;
  }

  submitted() {
    if (this.verdict === undefined && this.action) this.check();
  }

  open() {
    this.clear();
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    this.chosen = /** @type {string[]} */ (answer.response);
    this.paint();
    this.show(answer);
  }
}

customElements.define("kw-volgorde", Volgorde);
