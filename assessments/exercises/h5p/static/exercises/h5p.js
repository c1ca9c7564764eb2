/**
 * h5p: content that was made elsewhere. What plays it comes when its step is near (h5p_stage.js); the lesson goes on
 * without it: 'Klaar' is always there.
 */

import { one } from "lms/element.js";
import { knownOwner } from "lms/owner.js";
import { outbox } from "learning/outbox.js";
import { Exercise, GO_ON } from "assessments/exercise.js";
import { gradeH5p } from "./h5p_grading.js";

export class H5p extends Exercise {
  setUp() {
    /** @type {Promise<import("./h5p_stage.js").Stage> | undefined} */
    this.player = undefined;
    const stage = /** @type {HTMLElement | null} */ (this.querySelector("[data-stage]"));
    const player = this.closest("kw-player");
    if (!stage || !player) return;
    for (const name of ["kw-step", "kw-later"]) document.addEventListener(name, () => this.come(stage, player));
  }

  /** @param {HTMLElement} stage @param {Element} player */
  async come(stage, player) {
    const steps = [.../** @type {NodeListOf<HTMLElement>} */ (player.querySelectorAll(".step"))];
    const away = steps.findIndex((step) => step.contains(this)) - steps.findIndex((step) => !step.hidden);
    if (!this.player && away !== 0 && away !== 1) return;
    this.player ??= import(/** @type {string} */ (stage.dataset.script)).then(({ Stage }) => new Stage(this, stage, { knownOwner, outbox }));
    try {
      (await this.player).come(away);
    } catch {
      this.player = undefined;
      one(this, "[data-failed]").hidden = false;
    }
  }

  /** @param {unknown} response */
  grade(response) {
    return gradeH5p(this.key, response);
  }

  get action() {
    if (this.verdict !== undefined || !this.key.counts) return GO_ON;
    return { label: "Klaar", icon: "check", run: () => !!this.answer("klaar") };
  }

  submitted() {
    this.answer("klaar");
  }

  restore() {
    this.verdict = null;
  }

  /** The content said that it is done. @param {unknown} detail */
  close(detail) {
    this.verdict = null;
    this.dispatchEvent(new CustomEvent("kw-answer", { bubbles: true, detail }));
    this.changed();
  }
}

customElements.define("kw-h5p", H5p);
