/**
 * Looking back on a week, for oneself: the words stand in this device's own storage and on the screen, and nowhere
 * else. Nothing here sends anything.
 */

import { all, one } from "lms/element.js";
import { OwnWords } from "lms/own_words.js";

const KEPT = "Bewaard op dit toestel.";
const REFUSED = "Dit toestel bewaart niets. Print of kopieer je tekst, voor je deze bladzijde sluit.";

class KwReflection extends HTMLElement {
  connectedCallback() {
    this.append(/** @type {HTMLTemplateElement} */ (one(this, "template")).content.cloneNode(true));
    this.fields = /** @type {HTMLTextAreaElement[]} */ (all(this, "textarea"));
    this.words = new Map(this.fields.map((field) => [field, new OwnWords(`${this.dataset.place}:${field.dataset.own}`)]));
    for (const field of this.fields) field.addEventListener("input", () => this.keep(field));
    one(this, "[data-print]").addEventListener("click", () => print());
    const copy = one(this, "[data-copy]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", () => this.copy());
    one(this, "[data-wipe]").addEventListener("click", () => this.wipe());
    document.addEventListener("visibilitychange", () => document.hidden || this.read());
    this.read();
  }

  /** Show what this owner wrote before, and nothing of anyone else; also what was typed in another window. */
  read() {
    for (const [field, words] of this.words ?? []) this.fill(field, words.read());
  }

  /** The field, and what stands on paper in its place. @param {HTMLTextAreaElement} field @param {string} text */
  fill(field, text) {
    if (field.value !== text) field.value = text;
    one(this, `[data-paper=${field.dataset.own}]`).textContent = text;
  }

  /** @param {HTMLTextAreaElement} field */
  keep(field) {
    const words = this.words?.get(field);
    if (!words) return;
    if (words.isOfAnother) return this.read();
    this.fill(field, field.value);
    this.say(words.keep(field.value) ? KEPT : REFUSED);
  }

  async copy() {
    const parts = (this.fields ?? []).map((field) => `${field.labels[0].innerText}\n${field.value}`);
    try {
      await navigator.clipboard.writeText(parts.join("\n\n"));
      this.say("Gekopieerd.");
    } catch {
      this.say("Kopiëren lukte niet. Selecteer de tekst zelf.");
    }
  }

  /** The fold that asked closes, and one can begin anew. */
  wipe() {
    for (const [field, words] of this.words ?? []) {
      words.keep("");
      this.fill(field, "");
    }
    /** @type {HTMLDetailsElement} */ (one(this, "details")).open = false;
    this.say("Gewist.");
    this.fields?.[0].focus();
  }

  /** @param {string} text */
  say(text) {
    const told = one(this, "[data-told]");
    if (told.textContent !== text) told.textContent = text;
  }
}

customElements.define("kw-reflection", KwReflection);
