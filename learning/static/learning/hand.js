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
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      player.send({ help: this.dataset.state?.startsWith("no") });
      this.waits = player.memory.place.help = true;
      player.keepPlace();
    });
    document.addEventListener("kw-step", () => this.look(player.memory.place.help));
    outbox.addEventListener("change", () => (this.waits || outbox.help) && this.look(true));
  }

  /** @param {boolean} asked whether there is something to look up when nothing waits */
  look(asked) {
    const { help, state } = outbox;
    this.waits = !!help;
    if (help) state === "waiting" && (this.dataset.state = help.help ? "wait" : "no");
    else if (asked) import(/** @type {string} */ (this.dataset.script)).then((found) => found.lookUp(this), () => {});
    else this.dataset.state = "no";
  }
}

customElements.define("kw-hand", KwHand);
