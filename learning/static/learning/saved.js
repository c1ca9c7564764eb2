/** Says the truth about what is kept: 'Opgeslagen' only after the server said so. */

import { one } from "lms/element.js";
import { outbox } from "learning/outbox.js";

const SAYINGS = {
  sending: "Even bewaren…",
  waiting: "Geen verbinding. We bewaren alles op je telefoon.",
  away: "Bewaren lukt nu even niet. Alles staat op je telefoon.",
  saved: "Opgeslagen.",
  sign_in: "Je antwoorden staan nog op je telefoon.",
};

class KwSaved extends HTMLElement {
  connectedCallback() {
    outbox.addEventListener("change", () => this.show()); // it stays as long as its page
    this.show();
  }

  show() {
    if (outbox.state === "idle") return;
    const text = document.createElement("span");
    text.textContent = SAYINGS[outbox.state === "waiting" && outbox.answered ? "away" : outbox.state];
    if (outbox.state === "sign_in") {
      const link = document.createElement("a");
      link.href = `/wie/?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Zeg eerst wie je bent.";
      text.append(" ", link);
    }
    const template = /** @type {HTMLTemplateElement} */ (one(document, "template#bewaard"));
    const pictures = template.content.children;
    this.replaceChildren(pictures[outbox.state === "waiting" ? 1 : 0].cloneNode(true), text);
    this.dataset.state = outbox.state;
  }
}

customElements.define("kw-saved", KwSaved);
