/**
 * Answers to a partner's product. While one types they are kept on this device, apart per owner, until the server
 * shows that it has them. Sending without signal is tried again as long as the page is open.
 */

import { all, one } from "lms/element.js";
import { OwnWords } from "lms/own_words.js";

const AGAIN = 5000;
const SAYS = {
  kept: "Bewaard op dit toestel. Nog niet verstuurd.",
  refused: "Dit toestel bewaart niets. Verstuur je antwoorden voor je deze bladzijde sluit.",
  waiting: "Geen verbinding. Je antwoorden staan nog hier. We proberen het zo weer.",
  broken: "Dat lukte niet. Je antwoorden staan nog hier. Probeer het zo weer.",
  undone: "Hier staat weer wat je eerder verstuurde.",
};

class KwReview extends HTMLElement {
  /** Sending is under way. */
  busy = false;
  /** One pressed send, and it did not arrive yet. */
  wanted = false;

  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (one(this, "form"));
    this.fields = /** @type {HTMLTextAreaElement[]} */ (all(this, "textarea"));
    this.words = new Map(this.fields.map((field) => [field, new OwnWords(`${this.dataset.place}:${field.name}`)]));
    for (const field of this.fields) field.addEventListener("input", () => this.keep(field));
    one(this, "[data-undo]").addEventListener("click", () => this.undo());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.wanted = true;
      this.send();
    });
    addEventListener("online", () => this.wanted && this.send());
    this.restore();
  }

  /** What the server has. @param {HTMLTextAreaElement} field */
  sentOf(field) {
    return field.dataset.sent ?? "";
  }

  /** What was typed and not sent comes back; what the server has, need not be kept here. */
  restore() {
    for (const [field, words] of this.words ?? []) {
      const draft = words.read();
      if (draft.trim() === this.sentOf(field)) words.keep("");
      else if (draft) field.value = draft;
    }
    this.paint(SAYS.kept);
  }

  get differs() {
    return (this.fields ?? []).some((field) => field.value.trim() !== this.sentOf(field));
  }

  /** @param {HTMLTextAreaElement} field */
  keep(field) {
    const words = this.words?.get(field);
    if (!words) return;
    if (words.isOfAnother) return void location.reload();
    const isNew = field.value.trim() !== this.sentOf(field);
    this.paint(words.keep(isNew ? field.value : "") ? SAYS.kept : SAYS.refused);
  }

  undo() {
    for (const [field, words] of this.words ?? []) {
      field.value = this.sentOf(field);
      words.keep("");
    }
    this.paint("");
    this.say(SAYS.undone);
    this.fields?.[0].focus();
  }

  /** @param {string} text what to say where something is not sent */
  paint(text) {
    one(this, "[data-undo]").hidden = !this.differs;
    this.say(this.differs ? text : "");
  }

  /** @param {string} text */
  say(text) {
    const told = one(this, "[data-told]");
    if (told.textContent !== text) told.textContent = text;
  }

  async send() {
    const { form } = this;
    if (!form || this.busy) return;
    if ([...(this.words?.values() ?? [])].some((words) => words.isOfAnother)) return void location.reload();
    this.busy = true;
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
      await this.received(await fetch(form.action, { method: "POST", body, redirect: "manual" }));
    } catch {
      this.say(SAYS.waiting);
      setTimeout(() => this.wanted && this.send(), AGAIN);
    } finally {
      this.busy = false;
    }
  }

  /** Taken, the page comes anew and shows it; refused, the server says why on a page. @param {Response} reply */
  async received(reply) {
    this.wanted = false;
    if (reply.type === "opaqueredirect") location.replace(location.pathname);
    else if (reply.status < 500) this.form?.submit();
    else this.say(SAYS.broken);
  }
}

customElements.define("kw-review", KwReview);
