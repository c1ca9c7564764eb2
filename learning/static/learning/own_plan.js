/** A plan in the learner's own words: only this phone has them, so the page is filled in here. */

import { Memory } from "modules/memory.js";

class OwnPlan extends HTMLElement {
  connectedCallback() {
    const { own } = new Memory(this.dataset.module ?? "").place;
    if (own) this.textContent = own;
  }
}

customElements.define("kw-own-plan", OwnPlan);
