/** Before one shares: the device itself looks for persons in the text that others will read. */

import { all, one } from "lms/element.js";
import { loadLists, saidOfPersons } from "leadership/persons.js";

class KwPersons extends HTMLElement {
  async connectedCallback() {
    const said = one(this, "[data-said]");
    if (!(await loadLists(this.dataset.lists ?? ""))) {
      said.textContent = "Nu even niet gelukt. Kijk zelf of er namen in staan.";
      return;
    }
    const texts = all(document, `${this.dataset.what}  bdi`).map((text) => text.innerText);
    const finds = saidOfPersons(texts);
    said.textContent = finds.length
      ? "Je toestel zag iets dat naar een mens kan wijzen. Pas het aan voor je deelt:"
      : "Je toestel zag geen namen of nummers van mensen. Kijk zelf ook nog even.";
    this.classList.toggle("is-ask", finds.length > 0);
    one(this, "ul").replaceChildren(
      ...finds.map((find) => Object.assign(document.createElement("li"), { textContent: find })),
    );
  }
}

customElements.define("kw-persons", KwPersons);
