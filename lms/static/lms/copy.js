/** A button that copies a text of the page. Without clipboard or script it is not there; the text can be selected. */

import { one } from "lms/element.js";

class KwCopy extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    one(this, "button").addEventListener("click", () => this.copy());
  }

  async copy() {
    const told = one(this, "[role=status]");
    try {
      await navigator.clipboard.writeText(one(document, this.dataset.what ?? "").innerText);
      told.textContent = "Gekopieerd.";
    } catch {
      told.textContent = "Dat lukte niet. Houd de tekst lang ingedrukt.";
    }
  }
}

customElements.define("kw-copy", KwCopy);
