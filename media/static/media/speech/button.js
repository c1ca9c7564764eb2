/**
 * Luister stands on every screen; what it plays with comes at the first press, so that no first screen waits for it.
 * Nothing ever plays before a press. Why: docs/decisions/0031-the-player.md.
 */

import { one } from "lms/element.js";

/** @type {HTMLAudioElement | undefined} one for the page; phones let it sound once it was loaded in a press */
let audio;

export class KwSpeech extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.button = one(this, "button");
    this.picture = this.button.children[0];
    this.button.addEventListener("click", () => this.press());
  }

  /** Read what is on the screen; or stop, when that is being read. @param {boolean} [anew] read in any case */
  async press(anew) {
    document.documentElement.dataset.heard = "luister";
    if (!audio) (audio = new Audio()).load();
    this.tell("");
    this.button?.classList.add("is-on");
    const { player, look } = one(document, "[data-player]").dataset;
    try {
      (await import(player ?? "")).press(this, audio, look, anew);
    } catch {
      this.button?.classList.remove("is-on");
      this.tell("Kan nu niet voorlezen.");
    }
  }

  /** Say something under the button. @param {string} text */
  tell(text) {
    if (!this.told) {
      this.told = document.createElement("p");
      this.told.className = "saved";
      this.told.setAttribute("role", "status");
      this.after(this.told);
    }
    this.told.replaceChildren(...(text ? [/** @type {Element} */ (this.picture).cloneNode(true), text] : []));
  }
}

customElements.define("kw-speech", KwSpeech);
