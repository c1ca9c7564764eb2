/** 'Ik wil hulp' in a lesson. What asks comes at the first press, or where this learner asked before (asking.js). */

import { knownOwner } from "lms/owner.js";

class KwHand extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(/** @type {HTMLFormElement} */ (event.target));
    });
    this.ask();
  }

  /** @param {HTMLFormElement} [form] what was pressed; without one it is looked up how it stands */
  async ask(form) {
    const key = `les:${knownOwner()}:hulp`; // goes with the learner when they are taken off this phone (lms/site.js)
    try {
      if (!form && !localStorage.getItem(key)) return; // only who asked once is worth a request at each lesson
      const { askForHelp } = await import(/** @type {string} */ (this.dataset.script));
      await askForHelp(this, key, form);
    } catch {
      if (form) /** @type {HTMLElement} */ (this.querySelector("[data-state=none]")).hidden = false;
    }
  }
}

customElements.define("kw-hand", KwHand);
