/** The player: a lesson one idea per screen, with one main button, a way back and a place that is kept. */

import { all, one, uuid } from "lms/element.js";
import { owner, readCookie } from "lms/owner.js";
import { chooseVariant } from "language/variant.js";
import { outbox } from "learning/outbox.js";
import { Exercise, GO_ON } from "assessments/exercise.js";
import { Memory } from "modules/memory.js";

class KwPlayer extends HTMLElement {
  async connectedCallback() {
    this.steps = all(this, ".step");
    if (!this.steps.length) return;
    const exercises = all(this, ".exercise");
    // Without the script of its first exercise a lesson stays a page with forms; others may come later.
    if (exercises.length) await customElements.whenDefined(exercises[0].localName);
    document.documentElement.classList.add("js");
    const variant = readCookie("soort");
    if (variant) chooseVariant(variant); // a lesson that was kept may be of before the choice
    this.memory = new Memory(this.dataset.module ?? "");
    this.dock = one(document, "[data-dock]");
    this.main = one(this.dock, "[data-next]");
    this.where = one(document, "[data-where]");
    this.listen();
    this.show(this.startIndex(), { focus: false });
    this.restore(exercises);
    this.dock.hidden = false;
    this.needLater();
  }

  /** The rest of the script, which sends what is kept here too: on a bad line it is asked for until it is there. */
  async needLater(tries = 0) {
    const { src } = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-later]"));
    try {
      await import(src + (tries ? `?${tries}` : "")); // some browsers remember that an address failed
      document.dispatchEvent(new CustomEvent("kw-later"));
    } catch {
      setTimeout(() => this.needLater(tries + 1), 2000);
    }
  }

  listen() {
    one(/** @type {HTMLElement} */ (this.dock), "[data-back]").addEventListener("click", () => this.back());
    // The second tap of a double tap belongs to the screen before.
    this.main?.addEventListener("click", (event) => event.detail < 2 && this.goOn());
    addEventListener("popstate", () => this.show(this.indexInAddress() ?? 0));
    this.addEventListener("kw-answer", (event) => this.keepAnswer(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("kw-statement", (event) => this.send(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("kw-change", () => this.paint());
    document.addEventListener("kw-variant", () => this.paint());
  }

  /** Questions that came back: each is of its own lesson, and there is no place to keep. */
  get isReview() {
    return this.dataset.review !== undefined;
  }

  /** Where to begin: where one stopped; a lesson that was finished begins again. */
  startIndex() {
    const { memory, steps } = this;
    if (!memory || !steps || this.isReview) return 0;
    const at = steps.findIndex((step) => step.dataset.step === memory.place.step);
    if (at === steps.length - 1 && this.indexInAddress() !== at) {
      memory.restart();
      return this.indexInAddress() ?? 0;
    }
    return Math.max(at, 0) || (this.indexInAddress() ?? 0);
  }

  /** The step that the address names, if any. @returns {number | null} */
  indexInAddress() {
    const number = Number(/^#stap-(\d+)$/.exec(location.hash)?.[1]);
    return number >= 1 && number <= (this.steps?.length ?? 0) ? number - 1 : null;
  }

  /** Put answers back; in an exercise whose script is still to come, once it is there. @param {Element[]} exercises */
  restore(exercises) {
    for (const exercise of exercises) {
      if (!(exercise instanceof Exercise)) {
        customElements.whenDefined(exercise.localName).then(() => this.restore([exercise]));
        continue;
      }
      const answer = this.memory?.place.answers[exercise.dataset.exercise ?? ""];
      if ("own" in exercise) exercise.own = this.memory?.place.own ?? "";
      if (answer) exercise.restore(answer);
    }
    this.paint();
  }

  /** What the step on the screen asks; a form without `action` while its script is still to come. @returns {Exercise | null} */
  get exercise() {
    return this.steps?.[this.current ?? 0].querySelector(".exercise") ?? null;
  }

  /** @param {number} index */
  show(index, { focus = true } = {}) {
    const { steps } = this;
    if (!steps) return;
    this.current = index;
    steps.forEach((step, number) => (step.hidden = number !== index));
    const address = `#stap-${index + 1}`;
    if (location.hash !== address) history.replaceState(null, "", address);
    document.dispatchEvent(new CustomEvent("kw-step"));
    if (focus) {
      scrollTo(0, 0);
      one(steps[index], "h2").focus({ preventScroll: true });
    }
    this.paint();
  }

  goOn() {
    const { exercise, steps, current = 0 } = this;
    const action = exercise ? exercise.action : GO_ON;
    if (!action?.run() || !steps) return;
    if (current + 1 >= steps.length) return void location.assign("/mijn/");
    history.pushState(null, "", `#stap-${current + 2}`);
    this.show(current + 1);
    this.seen(current, current + 1);
  }

  /** Terug: the step before, at the first step out of the lesson. Nothing is lost. */
  back() {
    const { current = 0 } = this;
    if (current === 0) return void location.assign("/mijn/");
    history.pushState(null, "", `#stap-${current}`);
    this.show(current - 1);
    this.keepPlace();
  }

  /** The top and the main button, as they are now. */
  paint() {
    const { steps, main, where, current = 0 } = this;
    if (!steps || !main || !where) return;
    const last = current + 1 === steps.length;
    const action = this.exercise ? this.exercise.action : last ? { ...GO_ON, label: "Naar mijn lessen" } : GO_ON;
    main.hidden = !action;
    if (action) {
      one(main, "[data-label]").textContent = action.label;
      main.querySelector("use")?.setAttribute("href", `#i-${action.icon}`);
    }
    const ticks = document.createElement("ol");
    ticks.className = "ticks";
    ticks.setAttribute("aria-hidden", "true");
    steps.forEach((_, number) => {
      const tick = document.createElement("li");
      tick.className = number < current ? "done" : number === current ? "now" : "";
      ticks.append(tick);
    });
    where.replaceChildren(`Stap ${current + 1} van ${steps.length}`, ticks);
    this.paintCard();
  }

  /** The card repeats the plan for today, in the words that were chosen. */
  paintCard() {
    const note = this.querySelector(/** @type {"p"} */ ("[data-today]"));
    const plan = this.memory?.place.plan;
    if (!note) return;
    note.hidden = !plan;
    one(note, "[data-plan]").textContent = plan ?? "";
    const asked = this.querySelector(".step:has([data-asks-plan])");
    /** @type {HTMLAnchorElement} */ (one(note, "a")).href = `#${asked?.id}`;
  }

  keepPlace() {
    const { memory, steps, current = 0 } = this;
    if (!memory || !steps || this.isReview || "preview" in this.dataset) return;
    memory.place.step = steps[current].dataset.step ?? "";
    memory.write();
  }

  /** Going on is what tells that steps were seen; opening a page alone keeps nothing. @param {number[]} numbers */
  seen(...numbers) {
    const { memory, steps } = this;
    if (!memory || !steps || this.isReview) return;
    const { place } = memory;
    const fresh = numbers.map((number) => steps[number].dataset.step ?? "").filter((step) => !place.seen.includes(step));
    place.seen.push(...fresh);
    this.send(...fresh.map((step) => ({ step })));
    this.keepPlace();
    if (numbers.includes(steps.length - 1)) this.finished();
  }

  /** How the lesson was read stays on the phone; home counts it for the region (insight/use.js). */
  finished() {
    const { variant = "", heard = "" } = document.documentElement.dataset;
    try {
      if (!("preview" in this.dataset)) localStorage.setItem("af", `${variant} ${heard}`);
    } catch {
      /* a phone that keeps nothing is not counted */
    }
  }

  /**
   * `statement`: what played content said of itself, in place of a response.
   * @param {{exercise: string, response: unknown, correct: boolean | null, parts: Record<string, boolean | null>, statement?: unknown}} answer
   */
  keepAnswer({ exercise, response, correct, parts, statement }) {
    if (!this.memory) return;
    const { answers } = this.memory.place;
    answers[exercise] = { response, correct, parts: { ...answers[exercise]?.parts, ...parts } };
    const element = this.exercise;
    if (element && "plan" in element) this.memory.place.plan = /** @type {string} */ (element.plan);
    if (element && "own" in element) this.memory.place.own = /** @type {string} */ (element.own); // in no event
    this.send({ step: exercise, exercise, ...(statement ? { statement } : { response }) });
    this.keepPlace();
  }

  /** The step is the one on the screen unless it is said. @param {{step?: string, exercise?: string, response?: unknown, statement?: unknown, help?: boolean}[]} things */
  send(...things) {
    const { memory, steps, current = 0 } = this;
    if (!memory || !things.length || "preview" in this.dataset) return;
    const { module, revision, attempt, review, step = "" } = steps?.[current].dataset ?? {};
    outbox.add(
      things.map((thing) => ({
        id: uuid(),
        owner: owner(),
        at: Date.now(),
        module: module ?? memory.module,
        revision: Number(revision ?? this.dataset.revision),
        attempt: attempt ?? memory.place.attempt,
        step,
        ...(review === undefined ? {} : { review: true }),
        ...thing,
      })),
    );
  }
}

customElements.define("kw-player", KwPlayer);
