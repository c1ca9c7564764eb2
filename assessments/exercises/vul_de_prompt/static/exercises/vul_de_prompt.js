/** vul_de_prompt: one slot at a time; the prompt grows above. What is typed stays in this page. */

import { all, copiesOf, one } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeVulDePrompt } from "./vul_de_prompt_grading.js";

class VulDePrompt extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeVulDePrompt(this.key, response);
  }

  setUp() {
    /** @type {Record<string, string>} per slot the tile in it */
    this.chosen = {};
    this.slots = all(this, "[data-slot]");
    for (const own of all(this, "[data-own]")) own.hidden = false;
    // A tap on the tile that is in its slot takes it out again.
    this.addEventListener("click", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "radio") this.tap(event.target);
    });
    this.addEventListener("input", () => this.paint());
    one(this, ".prev").addEventListener("click", () => this.turn(-1));
    this.begin(this.slots);
  }

  /** Ask for these slots, the first one first. @param {HTMLElement[]} slots */
  begin(slots) {
    this.asked = slots;
    this.at = 0;
    this.paint();
  }

  get asking() {
    return this.asked?.[this.at ?? 0];
  }

  /** @param {HTMLInputElement} tile */
  tap(tile) {
    const { chosen = {} } = this;
    if (chosen[tile.name] === tile.value) {
      delete chosen[tile.name];
      tile.checked = false;
    } else chosen[tile.name] = tile.value;
    this.paint();
    if (tile.value === "zelf" && tile.checked) this.typed(this.asking)?.focus();
  }

  /** Where one types for this slot. @param {HTMLElement | undefined} slot @returns {HTMLInputElement | null} */
  typed(slot) {
    return slot?.querySelector(/** @type {"input"} */ (".own input")) ?? null;
  }

  /** Is there something in this slot? @param {HTMLElement | undefined} slot */
  isFilled(slot) {
    const chosen = this.chosen?.[slot?.dataset.slot ?? ""];
    return chosen === "zelf" ? !!this.typed(slot)?.value.trim() : !!chosen;
  }

  get action() {
    if (this.verdict !== undefined) return super.action;
    const { asked = [], at = 0 } = this;
    if (!this.isFilled(this.asking)) return null;
    if (at + 1 < asked.length) return { label: "Volgende", icon: "next", run: () => this.turn(1) };
    return { label: "Kijk na", icon: "check", run: () => this.check() };
  }

  /** To the next slot, or the one before. @param {number} by */
  turn(by) {
    this.at = (this.at ?? 0) + by;
    this.paint();
    const inputs = [.../** @type {HTMLElement} */ (this.asking).querySelectorAll("input")];
    (inputs.find((input) => input.checked) ?? inputs[0]).focus();
    return false;
  }

  check() {
    this.answer({ ...this.chosen });
    this.paint();
    return false;
  }

  submitted() {
    if (this.verdict === undefined) this.action?.run();
  }

  /** The slot that is asked for, and the prompt so far. */
  paint() {
    const { slots = [], asking, chosen = {} } = this;
    const open = this.verdict === undefined;
    for (const each of slots) {
      each.hidden = !open || each !== asking;
      const own = each.querySelector(/** @type {"label"} */ (".own"));
      if (own) own.hidden = chosen[each.dataset.slot ?? ""] !== "zelf";
    }
    const isFirst = open && !this.at && this.asked?.length === slots.length;
    one(this, "[data-task]").hidden = !isFirst;
    one(this, ".prev").hidden = !open || !this.at;
    const built = one(this, ".built");
    built.hidden = !Object.keys(chosen).length;
    one(built, "p").replaceChildren(...slots.flatMap((each) => this.wordsIn(each)));
    this.changed();
  }

  /** What this slot adds to the prompt. @param {HTMLElement} slot @returns {(Node | string)[]} */
  wordsIn(slot) {
    const chosen = this.chosen?.[slot.dataset.slot ?? ""];
    if (!chosen) return [];
    const tile = [...slot.querySelectorAll("input")].find((input) => input.value === chosen && input.type === "radio");
    const words = tile?.parentElement?.querySelector("span:not([class])");
    const said = document.createElement("span");
    if (chosen === "zelf") said.textContent = this.typed(slot)?.value.trim() || "(Jouw zin.)";
    else said.append(...copiesOf(words));
    return [said, " "];
  }

  /** Why, and what an assistant could answer; personal data go first. @param {unknown} response @param {boolean | null} correct */
  explain(response, correct) {
    const chosen = /** @type {Record<string, string>} */ (response);
    const wrong = this.wrong(chosen);
    const [slot, tile] = wrong.find(([slot, tile]) => this.key.slots[slot][tile] === "prive") ?? wrong[0] ?? [];
    const sort = correct ? "goed" : this.key.slots[slot][tile];
    const names = [correct ? "right" : `${slot} ${tile}`, ...(Object.values(chosen).includes("zelf") ? ["zelf"] : []), sort];
    const told = document.createElement("div");
    for (const name of names) told.append(...copiesOf(this.why(name)));
    return told;
  }

  /** The slots with a tile that is vague or private. @param {Record<string, string>} chosen */
  wrong(chosen) {
    /** @type {Record<string, Record<string, string>>} */
    const slots = this.key.slots;
    return Object.keys(slots).map((slot) => [slot, chosen[slot]]).filter(([slot, tile]) => tile && (slots[slot][tile] ?? "goed") !== "goed");
  }

  /** Another try: good tiles stay in their slot. */
  open() {
    const names = this.wrong(this.chosen ?? {}).map(([slot]) => slot);
    for (const name of names) {
      delete this.chosen?.[name];
      for (const tile of this.querySelectorAll("input")) if (tile.name === name) tile.checked = false;
    }
    this.begin((this.slots ?? []).filter((slot) => names.includes(slot.dataset.slot ?? "")));
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore(answer) {
    if (!this.grade(answer.response)) return; // the exercise changed since
    this.chosen = { .../** @type {Record<string, string>} */ (answer.response) };
    for (const tile of this.querySelectorAll("input")) if (tile.type === "radio") tile.checked = this.chosen[tile.name] === tile.value;
    this.show(answer);
    this.paint();
  }
}

customElements.define("kw-vul_de_prompt", VulDePrompt);
