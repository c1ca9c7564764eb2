/** 'Ik wil hulp' in a lesson: the teacher sees it, the learner sees that they asked, and can take it back. */

import { one } from "lms/element.js";
import { owner } from "lms/owner.js";

const TOLD = { accept: "application/json" };

class KwHand extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
    if (this.remembers) this.look();
  }

  /** Only who asked once is worth a request at each lesson. */
  get remembers() {
    try {
      return Boolean(localStorage.getItem(this.key));
    } catch {
      return true;
    }
  }

  get key() {
    return `les:${owner()}:hulp`; // goes with the learner when they are taken off this phone (lms/site.js)
  }

  look() {
    this.take(fetch("/hulp/stand/", { headers: TOLD }));
  }

  /** @param {SubmitEvent} event */
  send(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    event.preventDefault();
    this.take(fetch(form.action, { method: "POST", body: new FormData(form), headers: TOLD }), form);
  }

  /** @param {Promise<Response>} asking @param {HTMLFormElement} [form] */
  async take(asking, form) {
    const reply = await asking.catch(() => null);
    if (!reply?.ok) return form && this.show("none", form);
    const { lesson, teacher } = await reply.json();
    if (form && !teacher) return location.assign(`/hulp/?les=${this.dataset.lesson}`);
    this.remember(lesson !== null);
    this.show(lesson === this.dataset.lesson ? "asked" : "ask", form);
  }

  /** @param {boolean} asked */
  remember(asked) {
    try {
      if (asked) localStorage.setItem(this.key, "1");
      else localStorage.removeItem(this.key);
    } catch {
      /* a phone that keeps nothing asks the server each time */
    }
  }

  /** @param {"ask" | "asked" | "none"} state @param {HTMLFormElement} [form] */
  show(state, form) {
    for (const part of this.querySelectorAll("[data-state]")) {
      /** @type {HTMLElement} */ (part).hidden = part.getAttribute("data-state") !== state;
    }
    if (state === "none") one(this, "[data-state=ask]").hidden = false;
    else if (form) one(this, `[data-state=${state}] button`).focus({ preventScroll: true });
  }
}

customElements.define("kw-hand", KwHand);
