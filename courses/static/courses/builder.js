/**
 * The path builder: lines move by button, arrow keys and dragging, and everything is kept as one goes.
 *
 * The form works without this. Here each press is sent in the background, and of the page that comes back only what
 * says something ([data-live]) and lines that are new are taken over: what someone is typing is never touched.
 */

import { all, one } from "lms/element.js";

const WAIT = 600; // after typing, before it is kept
const AGAIN = 5000; // after no connection
const QUIET = new Set(["omhoog", "omlaag", "weg", "erbij", "verplaatst", "zoek", "bewaar", "verdeel"]);
/** The Sortable of the package, which stands in the same joined file. */
const Sortable = /** @type {any} */ (globalThis).Sortable;

class KwBuilder extends HTMLElement {
  /** What was pressed and is not sent yet; '' for nothing. */
  waiting = "";
  busy = false;
  /** Changed since it was last sent. */
  dirty = false;
  timer = 0;

  connectedCallback() {
    this.form.addEventListener("submit", (event) => this.pressed(event));
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("change", (event) => this.chosen(event));
    this.form.addEventListener("keydown", (event) => this.key(event));
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
    this.begin();
  }

  get form() {
    return /** @type {HTMLFormElement} */ (one(this, "form"));
  }

  get list() {
    return one(this, "[data-lines]");
  }

  get lines() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /** What only works with a script is shown; also after lines came. */
  begin() {
    for (const element of all(this, "[data-grip], [data-tip]")) element.hidden = false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    Sortable.get(this.list)?.destroy();
    Sortable.create(this.list, {
      handle: "[data-grip]",
      animation: still ? 0 : 150,
      onEnd: (/** @type {{ item: HTMLElement, oldIndex: number, newIndex: number }} */ moved) => {
        if (moved.oldIndex !== moved.newIndex) this.isMoved(moved.item);
      },
    });
    this.number();
  }

  /** @param {SubmitEvent} event */
  pressed(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const said = button?.value ?? "bewaar";
    const [does] = said.split(":");
    if (!QUIET.has(does)) {
      this.dirty = false; // it goes along with the page
      return;
    }
    event.preventDefault();
    const line = /** @type {HTMLElement | null} */ (button?.closest("[data-key]"));
    if (line && (does === "omhoog" || does === "omlaag")) this.move(line, does === "omhoog" ? -1 : 1, button);
    else if (line && does === "weg") this.takeOff(line);
    else this.ask(said);
  }

  /** @param {HTMLElement} line @param {number} steps @param {HTMLElement | null} focus */
  move(line, steps, focus) {
    const place = this.lines.indexOf(line) + steps;
    if (place < 0 || place >= this.lines.length) return;
    this.list.insertBefore(line, steps < 0 ? this.lines[place] : this.lines[place].nextSibling);
    this.isMoved(line);
    const button = /** @type {HTMLButtonElement | null} */ (focus);
    (button?.disabled ? one(line, "[data-grip]") : button)?.focus();
  }

  /** @param {HTMLElement} line */
  isMoved(line) {
    this.number();
    this.say(`‘${line.dataset.title}’ staat nu op plek ${this.lines.indexOf(line) + 1}.`);
    this.ask(`verplaatst:${line.dataset.key}`);
  }

  /** @param {HTMLElement} line */
  takeOff(line) {
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    this.number();
    (next?.querySelector(/** @type {"button"} */ ("[data-grip]")) ?? one(this, "#zoek")).focus();
    this.ask(`weg:${line.dataset.key}`);
  }

  /** Numbers, and the ends that go no further. */
  number() {
    this.lines.forEach((line, place, lines) => {
      one(line, ".node").textContent = `${place + 1}`;
      const [up, down] = /** @type {HTMLButtonElement[]} */ (all(line, ".moves button"));
      up.disabled = place === 0;
      down.disabled = place === lines.length - 1;
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const grip = event.target instanceof Element && /** @type {HTMLElement | null} */ (event.target.closest("[data-grip]"));
    const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const line = grip && /** @type {HTMLElement | null} */ (grip.closest("[data-key]"));
    if (!line || !steps) return;
    event.preventDefault();
    this.move(line, steps, grip);
  }

  /** @param {Event} event */
  typed(event) {
    const field = /** @type {Element} */ (event.target);
    if (field.matches("select")) return;
    if (field.id !== "zoek") this.dirty = true;
    this.later(field.closest("[data-finder]") ? "zoek" : "bewaar");
  }

  /** @param {Event} event */
  chosen(event) {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.closest("[data-finder]")) this.ask("zoek");
    else if (field.id === "pace") this.ask("verdeling");
    else if (field.id !== "per" && field.id !== "begin") this.ask("bewaar");
  }

  /** @param {string} said */
  later(said) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(said), WAIT);
  }

  /** Send this as soon as what is under way came back. @param {string} said */
  ask(said) {
    clearTimeout(this.timer);
    if (said !== "zoek") this.dirty = true;
    if (this.waiting !== "verdeel" && this.waiting !== "verdeling") this.waiting = said;
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting) return;
    const said = this.waiting;
    this.busy = true;
    this.waiting = "";
    try {
      await this.post(said);
    } catch {
      this.say("Nog niet opgeslagen. Er is geen verbinding. We proberen het zo weer.", false);
      this.waiting ||= said;
      setTimeout(() => this.send(), AGAIN);
    } finally {
      this.busy = false;
    }
    if (this.waiting && navigator.onLine && !this.failed) this.send();
  }

  failed = false;

  /** @param {string} said */
  async post(said) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    body.append("do", said);
    this.failed = true;
    const reply = await fetch(this.form.action, { method: "POST", body });
    this.failed = false;
    if (reply.status === 409) return this.sendAsPage(said);
    const came = new DOMParser().parseFromString(await reply.text(), "text/html");
    const form = came.querySelector("kw-builder form");
    if (!form) return this.say("Niet opgeslagen. Log in een ander venster weer in, en druk dan hier op Bewaar.", false);
    if (reply.ok && !this.waiting && (said === "verdeel" || said === "verdeling")) this.takeWhole(form);
    else this.take(form, reply.ok && !this.waiting);
    if (!reply.ok) return;
    history.replaceState(null, "", location.href); // loading anew shows what is kept, and sends no older form again
    const version = "#versie";
    /** @type {HTMLInputElement} */ (one(this, version)).value = /** @type {HTMLInputElement} */ (one(form, version)).value;
    this.dirty = this.waiting !== "" && this.waiting !== "zoek";
  }

  /** A colleague was first: the server says what differs, on a page of its own. @param {string} said */
  sendAsPage(said) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: said });
    this.form.append(field);
    this.dirty = false;
    this.form.submit();
  }

  /** The lines and sums of a page, beside what is being typed. @param {Element} form @param {boolean} inOrder */
  take(form, inOrder) {
    const [came, ours] = [all(form, "[data-lines] > li"), new Map(this.lines.map((line) => [line.dataset.key, line]))];
    if (inOrder) {
      for (const line of came) if (!ours.has(line.dataset.key)) this.list.append(line);
      const keys = new Set(came.map((line) => line.dataset.key));
      for (const [key, line] of ours) if (!keys.has(key)) line.remove();
    }
    for (const live of all(form, "[data-live]")) {
      const own = document.getElementById(live.id);
      if (own && own.innerHTML !== live.innerHTML) own.replaceChildren(...live.childNodes);
    }
    const symbols = form.ownerDocument.querySelector("svg[hidden]");
    const drawn = document.querySelector("body > svg[hidden]");
    for (const symbol of symbols?.children ?? []) if (!document.getElementById(symbol.id)) drawn?.append(symbol);
    this.begin();
  }

  /** Another planning has other fields: all lines come anew. @param {Element} form */
  takeWhole(form) {
    const focus = document.activeElement?.id;
    this.list.replaceChildren();
    one(this, "[aria-labelledby=planning]").replaceWith(one(form, "[aria-labelledby=planning]"));
    this.take(form, true);
    if (focus) document.getElementById(focus)?.focus();
  }

  /** @param {string} text @param {boolean} [fine] */
  say(text, fine = true) {
    const told = one(this, "#stand");
    const words = Object.assign(document.createElement("span"), { textContent: text });
    told.replaceChildren(words);
    told.classList.toggle("is-ask", !fine);
  }
}

customElements.define("kw-builder", KwBuilder);
