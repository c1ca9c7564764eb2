/**
 * reflectie: a field for oneself. Its words are kept in this phone's own storage, apart per owner, and nowhere else:
 * not in an event, an address or a cookie. They go when the owner is taken off the phone (lms/site.js).
 */

import { one } from "lms/element.js";
import { knownOwner } from "lms/owner.js";
import { OwnWords } from "lms/own_words.js";
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
    const lesson = /** @type {HTMLElement | null} */ (this.closest("[data-module]"))?.dataset.module;
    this.words = new OwnWords(`${lesson}:${this.dataset.exercise}`);
    document.addEventListener("kw-step", () => this.words?.owner !== knownOwner() && this.read());
    this.read();
  }

  /** Show what this owner wrote before, and nothing of anyone else. */
  read() {
    this.fill(this.words?.read() ?? "");
  }

  /** @param {string} text */
  fill(text) {
    if (!this.field || !this.wipe) return;
    if (this.field.value !== text) this.field.value = text;
    this.wipe.disabled = !text;
  }

  keep() {
    if (!this.field || !this.words || this.closest("[data-preview]")) return;
    if (this.words.isOfAnother) return this.read();
    this.words.keep(this.field.value); // where that is refused, it stays on the screen only
    this.fill(this.field.value);
  }

  clear() {
    this.fill("");
    this.keep();
    this.field?.focus();
  }
}

customElements.define("kw-reflectie", Reflectie);
