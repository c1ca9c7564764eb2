/** scenario: one moment on the screen at a time; another way may be tried at once, and nothing is lost by it. */

import { all, one } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeScenario, scenarioPath } from "./scenario_grading.js";

class Scenario extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeScenario(this.key, response);
  }

  setUp() {
    /** @type {HTMLInputElement[]} the choices that were made, first and second */
    this.path = [];
    this.place?.setAttribute("aria-live", "off"); // the focus goes there
    this.ways = one(this, ".ways");
    this.append(this.ways);
    one(this, "[data-previous]").addEventListener("click", () => this.back((this.path?.length ?? 1) - 1));
    one(this, "[data-begin]").addEventListener("click", () => this.back(0));
    this.paint();
  }

  /** The moment that waits for a choice. */
  get moment() {
    return one(this, `[data-moment="${this.path?.[0]?.dataset.to ?? 0}"]`);
  }

  /** @returns {HTMLInputElement | undefined} */
  get chosen() {
    const input = this.moment.querySelector(/** @type {"input"} */ ("input:checked"));
    return input?.closest(".choice")?.checkVisibility?.() === false ? undefined : (input ?? undefined);
  }

  get action() {
    if (this.verdict !== undefined) return super.action;
    return this.chosen ? { label: "Dit kies ik", icon: "check", run: () => this.choose() } : null;
  }

  submitted() {
    if (this.verdict === undefined && this.chosen) this.choose();
  }

  choose() {
    const { chosen, path = [] } = this;
    if (!chosen) return false;
    path.push(chosen);
    if (path.length === 2) this.answer(path.map((input) => input.value));
    this.arrive();
    return false;
  }

  /** Back to the first choice (0) or the second (1); what was chosen stays marked. @param {number} count */
  back(count) {
    this.verdict = undefined;
    this.place?.replaceChildren();
    this.path = this.path?.slice(0, count);
    this.arrive();
  }

  /** Show where one is now, and begin reading there. */
  arrive() {
    this.paint();
    this.changed();
    document.dispatchEvent(new CustomEvent("kw-step"));
    scrollTo(0, 0);
    const text = this.verdict === undefined ? one(this.moment, ".ask-card") : this.place?.querySelector("h3");
    text?.focus({ preventScroll: true });
  }

  paint() {
    const ended = this.verdict !== undefined;
    for (const moment of all(this, ".moment")) moment.hidden = ended || moment !== this.moment;
    one(this, "[data-begin]").hidden = !ended;
    if (this.ways) this.ways.hidden = !this.path?.length;
  }

  /** @param {import("modules/memory.js").Answer} answer */
  show({ response, correct }) {
    const template = this.querySelector(/** @type {"template"} */ (`template[data-ending="${scenarioPath(this.key, response)?.[2]}"]`));
    if (!template) return;
    this.verdict = correct;
    this.place?.replaceChildren(template.content.cloneNode(true));
    this.paint();
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    if (!scenarioPath(this.key, answer.response)) return; // the lesson changed since
    const inputs = [.../** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input"))];
    this.path = /** @type {string[]} */ (answer.response).flatMap((value) => inputs.find((input) => input.value === value) ?? []);
    for (const input of this.path) input.checked = true;
    this.show(answer);
  }
}

customElements.define("kw-scenario", Scenario);
