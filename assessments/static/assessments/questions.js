/**
 * A questionnaire, one question per screen. Half-finished answers stay on this phone, apart per owner, until the
 * server says that it has them. What is marked `data-phone` is never sent.
 *
 * @typedef {{key: string, version: string, at: number, answers: Record<string, string>, done: boolean}} Filled
 */

import { all, one, uuid } from "lms/element.js";
import { followOwner, knownOwner, owner } from "lms/owner.js";
import { chooseVariant } from "language/variant.js";

const TOLD = {
  sending: ["Even bewaren…"],
  waiting: ["Geen verbinding.", "Je antwoorden staan op je telefoon.", "We sturen ze later."],
  sign_in: ["Je antwoorden staan op je telefoon."],
  changed: ["De vragen zijn veranderd.", "Kijk ze nog een keer na."],
};

/** What this phone remembers of one questionnaire; a phone that refuses storage forgets at a reload. */
class Answers {
  /** @param {string} code @param {string} version */
  constructor(code, version) {
    this.code = code;
    this.version = version;
    this.owner = knownOwner();
    this.kept = this.read();
  }

  /** In a page that stays open while someone else takes the phone, they begin with their own. @returns {Filled} */
  get filled() {
    const now = knownOwner();
    const isAnother = this.owner && this.owner !== now;
    this.owner = now;
    if (isAnother) this.kept = this.read();
    return this.kept;
  }

  get place() {
    return `vragen:${this.owner}:${this.code}`;
  }

  /** @returns {Filled} */
  read() {
    const fresh = { key: uuid(), version: this.version, at: 0, answers: {}, done: false };
    try {
      const kept = this.owner && JSON.parse(localStorage.getItem(this.place) ?? "null");
      if (!kept) return fresh;
      return kept.version === this.version ? { ...fresh, ...kept } : { ...fresh, answers: kept.answers ?? {} };
    } catch {
      return fresh;
    }
  }

  /** Keep what was answered: from the first answer on it is someone's. */
  write() {
    const { filled } = this;
    this.owner = owner();
    try {
      localStorage.setItem(this.place, JSON.stringify(filled));
    } catch {
      /* refused or full: then it lives as long as this page */
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {
      /* nothing is there */
    }
    this.kept = this.read();
  }
}

class KwQuestions extends HTMLElement {
  connectedCallback() {
    document.documentElement.classList.add("js");
    this.form = /** @type {HTMLFormElement} */ (one(this, "form"));
    this.form.noValidate = true;
    this.screens = all(this, ".step");
    this.answers = new Answers(this.dataset.code ?? "", this.dataset.version ?? "");
    this.dock = one(document, "[data-dock]");
    this.main = one(this.dock, "[data-next]");
    this.listen();
    this.restore();
    const { filled } = this.answers;
    this.show(filled.done ? this.screens.length - 1 : this.indexHere() ?? Math.min(filled.at, this.screens.length - 1), {
      focus: false,
    });
    this.dock.hidden = false;
    if (filled.done) this.send();
  }

  listen() {
    one(/** @type {HTMLElement} */ (this.dock), "[data-back]").addEventListener("click", () => this.back());
    // The second tap of a double tap belongs to the question before.
    this.main?.addEventListener("click", (event) => event.detail < 2 && this.goOn());
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.goOn();
    });
    this.addEventListener("change", (event) => this.chosen(/** @type {HTMLInputElement} */ (event.target)));
    addEventListener("popstate", () => this.show(this.indexHere() ?? 0));
    addEventListener("online", () => this.answers?.filled.done && this.send());
  }

  /** The screen that the address names; not past the first question without an answer. @returns {number | null} */
  indexHere() {
    const number = Number(/^#vraag-(\d+)$/.exec(location.hash)?.[1]);
    const { screens } = this;
    if (!screens || !(number >= 1 && number < screens.length)) return null;
    const first = screens.findIndex((screen, index) => index > 0 && !this.mayLeave(screen));
    return first > 0 ? Math.min(number, first) : number;
  }

  /** @param {HTMLElement} screen */
  answerOf(screen) {
    const chosen = screen.querySelector(/** @type {"input"} */ ("input:checked"));
    return chosen ? chosen.value : "";
  }

  /** Answered, or a question that may stay empty. @param {HTMLElement} screen */
  mayLeave(screen) {
    return "optional" in screen.dataset || this.answerOf(screen) !== "";
  }

  /** Put the answers of an earlier visit back, as far as the questions still have them. */
  restore() {
    const answers = this.answers?.filled.answers ?? {};
    for (const input of this.querySelectorAll(/** @type {"input"} */ ("input[type=radio]")))
      input.checked = answers[this.itemOf(input)] === input.value;
  }

  /** @param {Element} element */
  itemOf(element) {
    return element.closest(/** @type {"section"} */ (".step"))?.dataset.item ?? "";
  }

  /** @param {HTMLInputElement} input */
  chosen(input) {
    const { answers } = this;
    if (!answers) return;
    const { filled } = answers;
    filled.answers[this.itemOf(input)] = input.value;
    filled.at = this.current ?? 0;
    answers.write();
    if (input.closest("[data-sets=variant]")) this.setVariant(input.value);
    this.paint();
  }

  /** The learner's own choice, kept on this phone only. @param {string} answer */
  setVariant(answer) {
    if (answer === "gewoon" || answer === "makkelijk" || answer === "voorlezen")
      chooseVariant(answer === "gewoon" ? "gewoon" : "makkelijk");
  }

  /** @param {number} index */
  show(index, { focus = true } = {}) {
    const { screens } = this;
    if (!screens) return;
    this.current = index;
    screens.forEach((screen, number) => (screen.hidden = number !== index));
    const address = index ? `#vraag-${index}` : location.pathname + location.search;
    if (location.hash !== (index ? address : "")) history.replaceState(null, "", address);
    document.dispatchEvent(new CustomEvent("kw-step"));
    if (focus) {
      scrollTo(0, 0);
      one(screens[index], "h2").focus({ preventScroll: true });
    }
    this.tell("");
    this.paint();
    if (focus && this.answers?.filled.answers.tekst === "voorlezen") this.readAloud();
  }

  /** Who asked for it hears each question, as after a tap on Luister. */
  readAloud() {
    /** @type {import("media/speech/button.js").KwSpeech} */ (document.querySelector("kw-speech"))?.press(true);
  }

  get isLast() {
    return (this.current ?? 0) + 1 === this.screens?.length;
  }

  goOn() {
    const { current = 0, screens } = this;
    if (!screens || (current > 0 && !this.mayLeave(screens[current]))) return;
    if (this.isLast) return void this.finish();
    history.pushState(null, "", `#vraag-${current + 1}`);
    this.show(current + 1);
    this.keepPlace();
  }

  /** Terug: the question before; before the first out of here. Nothing is lost. */
  back() {
    const { current = 0 } = this;
    if (current === 0) return void location.assign("/mijn/");
    history.pushState(null, "", current > 1 ? `#vraag-${current - 1}` : location.pathname);
    this.show(current - 1);
    this.keepPlace();
  }

  keepPlace() {
    const { answers, current = 0 } = this;
    if (!answers || !Object.keys(answers.filled.answers).length) return; // looking keeps nothing
    answers.filled.at = current;
    answers.write();
  }

  /** The top and the main button, as they are now. */
  paint() {
    const { screens, main, current = 0 } = this;
    if (!screens || !main) return;
    main.hidden = current > 0 && !this.mayLeave(screens[current]);
    const begun = current === 0 ? "Begin" : "Verder";
    const again = this.state === "waiting" ? "Stuur nu" : this.dataset.finish ?? "";
    one(main, "[data-label]").textContent = this.isLast ? again : begun;
    const where = one(document, "[data-where]");
    const total = screens.length - 1;
    if (current === 0) return void (where.textContent = where.dataset.minutes ?? "");
    const ticks = document.createElement("ol");
    ticks.className = "ticks";
    ticks.setAttribute("aria-hidden", "true");
    for (let number = 1; number <= total; number++) {
      const tick = document.createElement("li");
      tick.className = number < current ? "done" : number === current ? "now" : "";
      ticks.append(tick);
    }
    where.replaceChildren(`Vraag ${current} van ${total}`, ticks);
  }

  /** All answered: it waits here until the server has it. */
  finish() {
    const { answers } = this;
    if (!answers) return;
    answers.filled.done = true;
    answers.write();
    this.send();
  }

  async send() {
    const { answers, form } = this;
    if (!answers || !form || this.sending) return;
    this.sending = true;
    this.tell("sending");
    const whose = owner();
    const body = new URLSearchParams({ key: answers.filled.key, owner: whose, at: String(Date.now()) });
    for (const screen of this.screens ?? []) {
      const answer = this.answerOf(screen);
      if (answer && screen.dataset.phone === undefined) body.set(`vraag-${screen.dataset.item}`, answer);
    }
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      await this.received(reply, whose);
    } catch {
      this.tell("waiting");
    } finally {
      this.sending = false;
    }
  }

  /** Only what the server confirms is forgotten here. @param {Response} reply @param {string} whose */
  async received(reply, whose) {
    const { answers } = this;
    if (!answers) return;
    if (reply.ok) {
      const { owner: now, to } = await reply.json();
      answers.forget();
      followOwner(whose, now);
      location.replace(to);
    } else if (reply.status === 401) {
      this.tell("sign_in");
    } else if (reply.status === 409) {
      answers.filled.key = uuid(); // this id is someone else's
      answers.write();
      this.tell("waiting");
    } else if (reply.status === 422) {
      answers.filled.done = false;
      answers.write();
      this.tell("changed");
    } else {
      this.tell("waiting");
    }
  }

  /** @param {keyof typeof TOLD | ""} state */
  tell(state) {
    this.state = state;
    const place = one(this, "[data-told]");
    if (!state) return void place.replaceChildren();
    const template = /** @type {HTMLTemplateElement} */ (one(document, "template#bewaard"));
    const text = document.createElement("span");
    for (const sentence of TOLD[state]) {
      const line = document.createElement("span");
      line.className = "line";
      line.textContent = sentence;
      text.append(line);
    }
    if (state === "sign_in") {
      const link = document.createElement("a");
      link.href = `/wie/?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Zeg eerst wie je bent.";
      text.append(" ", link);
    }
    place.replaceChildren(template.content.children[state === "waiting" ? 1 : 0].cloneNode(true), text);
    this.paint();
  }
}

customElements.define("kw-questions", KwQuestions);
