/**
 * 'Ik wil hulp' in a lesson goes through the outbox, as all that a learner does: without signal it waits there, apart
 * per owner. What stands here is what is known: it waits, or the server said that a teacher sees it (asking.js).
 * Once asked it is looked up again at each step, for a teacher may have helped.
 */

import { outbox } from "learning/outbox.js";

class KwHand extends HTMLElement {
  connectedCallback() {
    /** @type {any} */
    const player = document.querySelector("kw-player");
    const look = () => {
      const { help, state } = outbox;
      if (help) state === "waiting" && (this.dataset.state = help.help ? "wait" : "no");
      else if (player.memory?.place.help) import(/** @type {string} */ (this.dataset.script)).then((found) => found.lookUp(this, outbox), () => {});
      else this.dataset.state = "no";
    };
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      player.send({ help: this.dataset.state?.startsWith("no") });
      player.memory.place.help = true; // there is something to look up
      player.keepPlace();
    });
    document.addEventListener("kw-step", look);
    outbox.addEventListener("change", look);
    document.addEventListener("kw-later", look);
  }
}

customElements.define("kw-hand", KwHand);
