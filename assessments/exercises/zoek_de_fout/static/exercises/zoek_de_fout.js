/** zoek_de_fout: tap what is wrong; what was found stays found at the next try. */

import { all, copiesOf } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeZoekDeFout } from "./zoek_de_fout_grading.js";

class ZoekDeFout extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeZoekDeFout(this.key, response);
  }

  /** The boxes that the chosen variant shows. */
  get boxes() {
    return this.shown(".spot").map((spot) => /** @type {HTMLInputElement} */ (spot.querySelector("input")));
  }

  get tapped() {
    return this.boxes.filter((box) => box.checked).map((box) => box.name);
  }

  get action() {
    if (this.verdict !== undefined) return super.action;
    return this.tapped.length ? { label: "Kijk na", icon: "check", run: () => this.check() } : null;
  }

  setUp() {
    document.addEventListener("kw-variant", () => this.changed());
    this.addEventListener("change", () => this.paint());
    for (const area of this.areas) area.addEventListener("click", () => this.spot(area.dataset.area)?.click());
    this.paint();
  }

  /** The places in a drawing; each stands for a box of the list below it. */
  get areas() {
    return /** @type {NodeListOf<SVGElement>} */ (this.querySelectorAll("[data-area]"));
  }

  paint() {
    for (const area of this.areas) area.classList.toggle("is-on", !!this.spot(area.dataset.area)?.querySelector("input")?.checked);
  }

  submitted() {
    if (this.verdict === undefined && this.action) this.check();
  }

  check() {
    this.answer(this.tapped);
    return false;
  }

  /** How many are still to be found, what to look at, and what was found. @param {unknown} response @param {boolean | null} correct */
  explain(response, correct) {
    const tapped = /** @type {string[]} */ (response);
    /** @type {string[]} */
    const wrong = this.key.wrong;
    const found = wrong.filter((part) => tapped.includes(part));
    const harmless = tapped.find((part) => !wrong.includes(part));
    const told = document.createElement("div");
    if (!correct) {
      const [left, of] = [wrong.length - found.length, wrong.length];
      told.append(
        ...(left ? [`Je vond er ${found.length} van de ${of}.`, `Zoek er nog ${left}.`] : [`Je vond ze alle ${of}.`, "Haal weg wat wel klopt."])
          .map((line) => this.make("p", line)),
      );
    }
    told.append(...copiesOf(this.why(correct ? "right" : (harmless ?? "hint"))));
    if (found.length) told.append(this.found(found));
    return told;
  }

  /** What is wrong with each one that was found, folded up. @param {string[]} parts */
  found(parts) {
    const fold = this.make("details", "");
    fold.className = "found";
    const list = this.make("dl", "");
    for (const part of parts) {
      const meaning = this.make("dd", "");
      meaning.append(...copiesOf(this.why(part)));
      const name = this.make("dt", "");
      name.append(...copiesOf(this.spot(part)?.querySelector("span:not([class])")));
      list.append(name, meaning);
    }
    fold.append(this.make("summary", "Bekijk wat je vond"), list);
    return fold;
  }

  /** @param {string} name @param {string} text */
  make(name, text) {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  }

  /** @param {string | undefined} part */
  spot(part) {
    return all(this, ".spot").find((spot) => spot.querySelector("input")?.name === part);
  }

  /** @param {import("modules/memory.js").Answer} answer */
  show(answer) {
    const tapped = /** @type {string[]} */ (answer.response);
    for (const part of tapped) {
      const spot = this.spot(part);
      const isFound = this.key.wrong.includes(part);
      spot?.classList.add(isFound ? "is-found" : "is-plain");
      const mark = this.make("span", isFound ? "Gevonden" : "Geen fout");
      mark.className = isFound ? "vh mark" : "mine mark";
      spot?.append(mark);
    }
    this.lock(true);
    super.show(answer);
  }

  /** @param {boolean} shut */
  lock(shut) {
    for (const fieldset of this.querySelectorAll("fieldset")) fieldset.disabled = shut;
    this.paint();
  }

  open() {
    super.open();
    for (const spot of all(this, ".is-plain")) /** @type {HTMLInputElement} */ (spot.querySelector("input")).checked = false;
    this.lock(false);
    for (const mark of all(this, ".mark")) mark.remove();
    for (const spot of all(this, ".spot")) spot.classList.remove("is-found", "is-plain");
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    if (!this.grade(answer.response)) return; // the exercise changed since
    const tapped = /** @type {string[]} */ (answer.response);
    for (const box of this.querySelectorAll("input")) box.checked = tapped.includes(box.name);
    this.show(answer);
  }
}

customElements.define("kw-zoek_de_fout", ZoekDeFout);
