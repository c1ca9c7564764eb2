/**
 * A guided form that keeps itself: on this device first, with every key, and at the server soon after.
 *
 * What was sent and not answered (`pending`) is sent again, unchanged, before anything newer: the server knows it when
 * it had it already, so a lost reply never looks like another device. The form works without this (views/form.py).
 *
 * @typedef {import("./drafts.js").Values} Values
 * @typedef {import("./drafts.js").Edition & {count: number}} Pending
 */

import { all, one } from "lms/element.js";
import { draftOf, forgetDraft, keepDraft } from "./drafts.js";
import { controls, Field } from "./fields.js";
import { loadLists, saidOfPersons } from "./persons.js";

const SOON = 1500; // after the last key
const LOOK = 700; // after the last key, for what points to a person
const AGAIN = [2, 5, 15, 30, 60]; // seconds, when sending failed
const LARGEST_LAST = 60_000; // bytes that a browser still sends when its page goes

const SAID = {
  busy: "Even bewaren…",
  saved: "Opgeslagen.",
  offline: "Geen internet. We bewaren alles op dit apparaat.",
  failing: "Opslaan lukt nu even niet. Alles staat nog op dit apparaat. We proberen het zo weer.",
  memory: "Nog niet opgeslagen. Laat deze pagina open tot je weer internet hebt.",
  wrong: "Nog niet opgeslagen. Kijk bij de rode tekst.",
  elsewhere: "Op een ander apparaat is dit stuk veranderd. Wat jij typte, is bewaard als versie.",
  signIn: "Je bent uitgelogd. Wat je typte, staat nog op dit apparaat.",
  gone: "Dit stuk kan hier niet meer worden bewaard. Kopieer je tekst. Hij staat nog op dit apparaat.",
  open: "Dit stuk staat al open in een ander venster. Ga daar verder.",
};

/** @type {Record<string, string>} what stands beside the words; with the rest that one must look */
const PICTURES = { saved: "saved", busy: "", offline: "waiting", failing: "waiting", memory: "waiting" };

class KwProduct extends HTMLElement {
  /** Counts what was typed; `sent` is how far the server had a definite word on. */
  count = 0;
  sent = 0;
  base = 0;
  tries = 0;
  timer = 0;
  sending = false;
  again = false;
  lasts = true;
  /** Nothing is sent any more until its author chose, or the page is loaded anew. */
  stopped = false;
  /** @type {Pending | null} */
  pending = null;

  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (one(this, "form"));
    this.fields = all(this, "[data-field]").map((element) => new Field(element));
    this.base = Number(this.dataset.version);
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("submit", (event) => this.pressed(event));
    this.form.addEventListener("focusout", () => this.count > this.sent && this.send());
    document.addEventListener("visibilitychange", () => this.send());
    addEventListener("online", () => {
      this.tries = 0;
      this.send();
    });
    this.ready = this.begin().finally(() => this.toggleAttribute("data-at-work", true));
    loadLists(this.dataset.lists ?? "").then(() => this.fields?.forEach((field) => this.look(field)));
  }

  get owner() {
    return this.dataset.owner ?? "";
  }

  get place() {
    return this.dataset.place ?? "";
  }

  /** @returns {Values} */
  get values() {
    return Object.fromEntries((this.fields ?? []).map((field) => [field.id, field.value]));
  }

  /** What lies on this device goes on where it was. */
  async begin() {
    await this.alone();
    if (this.dataset.compare !== undefined) {
      this.stopped = true;
      this.base = Number(/** @type {HTMLInputElement} */ (one(this, "[name=van]")).value);
      this.count++;
      return void setTimeout(() => this.keep());
    }
    const draft = await draftOf(this.owner, this.place);
    if (!draft) return;
    for (const field of this.fields ?? []) if (!field.touched) field.value = draft.values[field.id] ?? "";
    this.base = draft.base;
    this.count++;
    const { values, base } = draft.pending ?? draft;
    const asked = new Set(Object.keys(this.values));
    const known = Object.fromEntries(Object.entries(values).filter(([id]) => asked.has(id)));
    this.pending = { values: known, base, count: draft.pending || this.count > 1 ? 0 : this.count };
    this.say("busy");
    setTimeout(() => this.send());
  }

  /** One window per product, so that two never write over what the other keeps here. */
  async alone() {
    const name = `kortwijs-stuk ${this.owner} ${this.place}`;
    if (!navigator.locks || !AbortSignal.timeout) return;
    const held = new Promise((resolve) => {
      const hold = () => {
        resolve(true);
        return new Promise(() => {});
      };
      navigator.locks.request(name, { signal: AbortSignal.timeout(2000) }, hold).catch(() => resolve(false));
    });
    if (await held) return;
    this.stopped = true;
    this.say("open");
    for (const { element } of this.fields ?? []) element.inert = true;
    await navigator.locks.request(name, () => location.reload());
    await new Promise(() => {});
  }

  /** @param {Event} event */
  typed(event) {
    const element = event.target instanceof Element && event.target.closest("[data-field]");
    const field = this.fields?.find((one) => one.element === element);
    if (!field) return;
    this.changed(field);
  }

  /** @param {Field} field */
  changed(field) {
    field.touched = true;
    field.measure();
    this.count++;
    this.keep();
    if (!this.stopped) this.say("busy");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), SOON);
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.look(field), LOOK);
  }

  /** @param {Event} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("button, a") : null;
    const field = this.fields?.find(({ element }) => button && element.contains(button));
    if (button?.matches("[data-theirs]")) {
      event.preventDefault();
      forgetDraft(this.owner, this.place).then(() => location.assign(/** @type {HTMLAnchorElement} */ (button).href));
    } else if (field && button?.matches("[data-more]")) {
      event.preventDefault();
      const row = field.append();
      if (row) controls(row)[0].focus();
      this.changed(field);
    } else if (field && button?.matches("[data-less]")) {
      event.preventDefault();
      const row = /** @type {HTMLElement} */ (button.closest("[data-row]"));
      field.remove(row).focus();
      this.changed(field);
    }
  }

  /** 'Bewaar' sends at once; what chooses between two versions goes as a page. @param {SubmitEvent} event */
  pressed(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button && button.value !== "bewaar") return;
    event.preventDefault();
    this.tries = 0;
    if (this.count === this.sent) this.count++; // say it again
    this.send();
  }

  /** @param {Field} field */
  look(field) {
    field.persons(saidOfPersons(field.typed));
  }

  /** On this device, as it stands now; each key at once, for the page may be gone before the next. */
  async keep() {
    await this.ready;
    const pending = this.pending ? { values: this.pending.values, base: this.pending.base } : undefined;
    this.lasts = await keepDraft(this.owner, this.place, { values: this.values, base: this.base, pending });
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending) return void (this.again = true);
    this.sending = true;
    try {
      await this.ready;
      while (!this.stopped && (await this.sendOnce()));
    } finally {
      this.sending = false;
    }
    if (!this.again) return;
    this.again = false;
    await this.send();
  }

  /** @returns {Promise<boolean>} whether there is more to send now */
  async sendOnce() {
    if (!this.pending && this.count === this.sent) return false;
    this.pending ??= { values: this.values, base: this.base, count: this.count };
    const { values, base, count } = this.pending;
    await this.keep();
    this.say("busy");
    const reply = await this.post({ owner: this.owner, base, values });
    if (!reply || reply.status >= 500 || reply.status === 429) return this.later(reply ? "failing" : "offline");
    this.tries = 0;
    const told = await reply.json().catch(() => ({}));
    if (reply.status === 401 || reply.status === 403) return this.stop("signIn");
    if (reply.status === 409) return this.stop("elsewhere");
    if (reply.status !== 200 && reply.status !== 422) return this.stop("gone");
    this.pending = null;
    this.sent = Math.max(this.sent, count);
    if (reply.status === 200) this.base = told.version;
    if (this.count > this.sent) {
      await this.keep();
      return true;
    }
    if (reply.status === 422) return this.refused(told.wrong);
    this.safe(told.missing);
    return false;
  }

  /** @param {object} body @returns {Promise<Response | null>} null without a connection */
  async post(body) {
    const text = JSON.stringify(body);
    const keepalive = new Blob([text]).size < LARGEST_LAST;
    const headers = { "Content-Type": "application/json" };
    try {
      return await fetch(this.dataset.save ?? "", { method: "POST", body: text, headers, keepalive });
    } catch {
      return null;
    }
  }

  /** The server has all of it. @param {Record<string, string>} missing */
  safe(missing) {
    forgetDraft(this.owner, this.place);
    this.say("saved");
    for (const field of this.fields ?? []) field.measure();
    const base = /** @type {HTMLInputElement} */ (one(this, "[name=base]"));
    base.value = `${this.base}`;
    one(this, "[data-ready]").hidden = Object.keys(missing).length > 0;
    one(this, "[data-lacks]").hidden = !Object.keys(missing).length;
    for (const line of all(this, "[data-lacking]")) {
      const told = missing[line.dataset.lacking ?? ""];
      line.hidden = !told;
      if (told) one(line, ".meta").textContent = told;
    }
  }

  /** @param {Record<string, string>} wrong @returns {false} */
  refused(wrong) {
    for (const field of this.fields ?? []) field.wrong(wrong[field.id] ?? "");
    this.keep();
    this.say("wrong");
    return false;
  }

  /** @param {"offline" | "failing"} why @returns {false} */
  later(why) {
    const wait = AGAIN[Math.min(this.tries++, AGAIN.length - 1)];
    this.timer = setTimeout(() => this.send(), wait * 1000 * (0.8 + 0.4 * Math.random()));
    this.say(this.lasts ? why : "memory");
    return false;
  }

  /** @param {"signIn" | "elsewhere" | "gone"} why @returns {false} */
  stop(why) {
    this.stopped = why !== "signIn"; // who signs in again in another window goes on here
    this.say(why);
    const told = one(this, "#stand");
    if (told.querySelector("a, button")) return false; // it stands there already, and may be pressed at this moment
    if (why === "elsewhere") {
      const button = document.createElement("button");
      button.className = "btn btn-s";
      button.type = "button";
      button.textContent = "Vergelijk de twee";
      button.addEventListener("click", () => this.compare());
      told.append(button);
    }
    if (why === "signIn") {
      const link = document.createElement("a");
      link.href = `${this.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Log weer in.";
      told.append(link);
    }
    return false;
  }

  /** The server shows both beside each other, on a page of its own. */
  async compare() {
    await this.keep();
    /** @type {HTMLInputElement} */ (one(this, "[name=base]")).value = `${this.base}`;
    this.form?.submit();
  }

  /** @param {keyof typeof SAID} what */
  say(what) {
    const told = one(this, "#stand");
    if (told.dataset.said === what && told.textContent?.includes(SAID[what])) return;
    if (what === "busy" && told.dataset.said === "signIn") return; // the link stays under the finger that presses it
    const picture = PICTURES[what] ?? "ask";
    const template = picture && this.querySelector(/** @type {"template"} */ (`template[data-said=${picture}]`));
    const words = document.createElement("span");
    words.textContent = SAID[what];
    told.replaceChildren(...(template ? [template.content.cloneNode(true)] : []), words);
    told.classList.toggle("is-ask", picture === "ask");
    told.dataset.said = what;
  }
}

customElements.define("kw-product", KwProduct);
