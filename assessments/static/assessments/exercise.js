/**
 * What every kind of exercise shares: feedback with why, and another try.
 *
 * A kind extends this, grades in `grade`, calls `answer` when the learner answered, and says in `action` what the
 * main button does now. Verdicts here are for at once; the server grades again and its verdict counts.
 *
 * @typedef {{label: string, icon: string, run: () => boolean}} Action `run` gives true to go on to the next step
 */

import { all, copiesOf, fromTemplate, inVariant, one } from "lms/element.js";

/** @type {Action} */
export const GO_ON = { label: "Verder", icon: "next", run: () => true };

export class Exercise extends HTMLElement {
  connectedCallback() {
    /** @type {boolean | null | undefined} undefined while it waits for an answer */
    this.verdict = undefined;
    this.place = document.createElement("div");
    this.place.setAttribute("aria-live", "polite");
    this.append(this.place);
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submitted(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    });
    this.addEventListener("change", () => this.changed());
    this.setUp();
  }

  /** For a kind: prepare the form. */
  setUp() {}

  /** For a kind: a form was sent, by this button. @param {HTMLFormElement} _form @param {HTMLElement | null} _button */
  submitted(_form, _button) {}

  /** What the main button does now; null while there is nothing to do but answer. @returns {Action | null} */
  get action() {
    if (this.verdict === undefined) return null;
    return this.verdict === false ? { label: "Probeer opnieuw", icon: "again", run: () => this.retry() } : GO_ON;
  }

  /** What the page says of right and wrong, for `grade`. */
  get key() {
    return JSON.parse(this.dataset.key ?? "null");
  }

  /**
   * For a kind: its pure grading function on this key. Null for what no answer can be.
   * @param {unknown} _response @returns {import("assessments/verdict.js").Verdict | null}
   */
  grade(_response) {
    return null;
  }

  /** For a kind: the why or hint that goes with an answer. @param {unknown} _response @param {boolean | null} _correct @returns {HTMLElement | null} */
  explain(_response, _correct) {
    return null;
  }

  /** The learner answered: say at once what it is worth, and have it kept. @param {unknown} response */
  answer(response) {
    const verdict = this.grade(response);
    if (!verdict) return null;
    this.show({ response, ...verdict });
    const detail = { exercise: this.dataset.exercise, response, ...verdict };
    this.dispatchEvent(new CustomEvent("kw-answer", { bubbles: true, detail }));
    this.changed();
    return verdict;
  }

  /** Show what an answer is worth, and why. @param {import("modules/memory.js").Answer} answer */
  show({ response, correct }) {
    this.verdict = correct;
    const why = this.explain(response, correct);
    if (why) this.feedback(correct !== false, why);
  }

  /** @param {boolean} right @param {HTMLElement} why */
  feedback(right, why) {
    const box = fromTemplate(right ? "klopt" : "nog-niet");
    one(box, "[data-why]").append(...copiesOf(why));
    this.place?.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  /** Another try: nothing is lost, nothing is counted against anyone. */
  retry() {
    this.verdict = undefined;
    this.place?.replaceChildren();
    this.open();
    this.changed();
    const first = all(this, "button.choice, .choice input").find((choice) => choice.checkVisibility?.() !== false);
    first?.focus();
    return false;
  }

  /** For a kind: answering is possible again. */
  open() {
    all(this, ".shut").forEach((choices) => choices.classList.remove("shut"));
    all(this, ".is-picked").forEach((choice) => choice.classList.remove("is-picked"));
    all(this, ".mine").forEach((mark) => mark.remove());
    for (const input of this.querySelectorAll("input")) if (input.type === "radio") input.checked = false;
  }

  /** Close the choices around the picked one, which keeps standing with 'Jouw keuze'. @param {HTMLElement} choice */
  pick(choice) {
    choice.classList.add("is-picked");
    const mark = document.createElement("span");
    mark.className = "mine";
    mark.textContent = "Jouw keuze";
    choice.append(mark);
    choice.closest(".choices")?.classList.add("shut");
  }

  /** The why or hint with this name. @param {string} name @param {ParentNode} [root] */
  why(name, root = this) {
    return all(root, ".why").find((why) => why.dataset.for === name) ?? null;
  }

  /** Tell the player that the main button may have changed. */
  changed() {
    this.dispatchEvent(new CustomEvent("kw-change", { bubbles: true }));
  }

  /** The elements of a list that the chosen variant shows. @param {string} selector */
  shown(selector) {
    return all(this, selector).filter(inVariant);
  }

  /** Put an answer of an earlier visit back. @param {import("modules/memory.js").Answer} _answer */
  restore(_answer) {}
}
