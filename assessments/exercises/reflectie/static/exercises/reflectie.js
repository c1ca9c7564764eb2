/**
 * reflectie: a field for oneself. Its words are kept in this phone's own storage, apart per owner, and nowhere else:
 * not in an event, an address or a cookie. They go when the owner is taken off the phone (lms/site.js).
 */

import { one } from "lms/element.js";
import { knownOwner, owner } from "lms/owner.js";
import { Exercise, GO_ON } from "assessments/exercise.js";
import { gradeReflectie } from "./reflectie_grading.js";

class Reflectie extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeReflectie(this.key, response);
  }

  /** Being seen is enough. */
  get action() {
    return GO_ON;
  }

  setUp() {
    const template = /** @type {HTMLTemplateElement} */ (one(this, "template"));
    this.append(template.content.cloneNode(true));
    this.field = /** @type {HTMLTextAreaElement} */ (one(this, "textarea"));
    this.wipe = /** @type {HTMLButtonElement} */ (one(this, "button"));
    this.field.addEventListener("input", () => this.keep());
    this.wipe.addEventListener("click", () => this.clear());
    document.addEventListener("kw-step", () => knownOwner() !== this.owner && this.read());
    this.read();
  }

  /** @param {string} whose */
  nameFor(whose) {
    const lesson = /** @type {HTMLElement | null} */ (this.closest("[data-module]"))?.dataset.module;
    return `les:${whose}:eigen:${lesson}:${this.dataset.exercise}`;
  }

  /** Show what this owner wrote before, and nothing of anyone else. */
  read() {
    this.owner = knownOwner();
    let text = "";
    try {
      if (this.owner) text = localStorage.getItem(this.nameFor(this.owner)) ?? "";
    } catch {
      /* storage is refused: nothing is there */
    }
    this.fill(text);
  }

  /** @param {string} text */
  fill(text) {
    if (!this.field || !this.wipe) return;
    if (this.field.value !== text) this.field.value = text;
    this.wipe.disabled = !text;
  }

  keep() {
    if (!this.field || this.closest("[data-preview]")) return;
    if (this.owner && this.owner !== knownOwner()) return this.read(); // someone else took the phone
    this.owner = owner();
    const name = this.nameFor(this.owner);
    try {
      if (this.field.value) localStorage.setItem(name, this.field.value);
      else localStorage.removeItem(name);
    } catch {
      /* private window or full: it stays on the screen only */
    }
    this.fill(this.field.value);
  }

  clear() {
    this.fill("");
    this.keep();
    this.field?.focus();
  }
}

customElements.define("kw-reflectie", Reflectie);
