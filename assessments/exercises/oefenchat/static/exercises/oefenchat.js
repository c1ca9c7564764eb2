/**
 * oefenchat: rewrite a note until nothing in it points to a person.
 *
 * What is typed lives in this element and its field only: it is in no event, address, storage or form. Once nothing is
 * found, 'Verder' keeps the fixed word 'klaar'.
 */

import { all, copiesOf, fromTemplate, one } from "lms/element.js";
import { Exercise } from "assessments/exercise.js";
import { gradeOefenchat } from "./oefenchat_grading.js";
import { partsToLose } from "./oefenchat_finds.js";
import { hasLists, useLists } from "language/detector/lists.js";

const LONGEST_DRAFT = 2000;
const ALONE = { spellcheck: "false", autocomplete: "off", autocorrect: "off", writingsuggestions: "false", translate: "no", "data-gramm": "false", "aria-label": "Jouw opdracht" };

/** The text of the note, a line per line. @param {HTMLElement} note */
function linesOf(note) {
  const lines = all(note, "p, li");
  return (lines.length ? lines : [note]).map((line) => line.textContent?.trim()).join("\n");
}

class Oefenchat extends Exercise {
  /** @param {unknown} response */
  grade(response) {
    return gradeOefenchat(this.key, response);
  }

  setUp() {
    /** @type {Record<string, string>} a draft per variant, for this visit */
    this.drafts = {};
    /** @type {"reading" | "writing" | "stopped" | "sent"} */
    this.state = "reading";
    this.bubble = one(this, "[data-note]");
    this.notes = Object.fromEntries(all(this.bubble, "[data-v]").map((note) => [note.dataset.v, linesOf(note)]));
    for (const note of all(this.bubble, "[data-v]")) note.remove();
    this.field = document.createElement("textarea");
    // No spelling help and no suggestions: some browsers send for those what is typed.
    for (const [name, value] of Object.entries(ALONE)) this.field.setAttribute(name, value);
    this.field.maxLength = LONGEST_DRAFT;
    this.tip = document.createElement("p");
    this.tip.className = "meta";
    this.text = document.createElement("p");
    this.text.className = "draft";
    this.bubble.append(this.field, this.text);
    this.bubble.after(this.tip);
    this.field.addEventListener("input", () => this.typed());
    this.tools = one(this, "[data-tools]");
    this.type = one(this, "[data-type]");
    this.anew = one(this, "[data-anew]");
    this.type.addEventListener("click", () => this.retry());
    this.anew.addEventListener("click", () => this.beginAnew());
    document.addEventListener("kw-variant", () => this.draw());
    this.draw();
    this.load().then(() => this.count());
  }

  /** What the detector reads comes with the page; where it did not, it is asked again. Gives whether it is there. */
  async load() {
    try {
      const reply = hasLists() ? null : await fetch(this.bubble?.dataset.lists ?? "");
      if (reply?.ok) useLists(await reply.json());
    } catch {
      // no signal
    }
    return hasLists();
  }

  get variant() {
    return /** @type {"standaard" | "makkelijk"} */ (document.documentElement.dataset.variant ?? "makkelijk");
  }

  get draft() {
    return this.drafts?.[this.variant] ?? this.notes?.[this.variant] ?? "";
  }

  set draft(text) {
    if (this.drafts) this.drafts[this.variant] = text.slice(0, LONGEST_DRAFT);
  }

  get finds() {
    return hasLists() ? partsToLose(this.draft, this.key, this.variant) : [];
  }

  get action() {
    if (this.state === "sent") return { label: "Verder", icon: "next", run: () => this.keep() };
    if (this.state === "stopped") return { label: "Probeer opnieuw", icon: "again", run: () => this.retry() };
    return { label: "Stuur naar de oefen-AI", icon: "next", run: () => this.send() };
  }

  typed() {
    if (!this.field) return;
    this.draft = this.field.value;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.count(), 400);
  }

  /** Quietly, while typing: how much is left. */
  count() {
    if (!this.tip || !this.field) return;
    const { length } = this.finds;
    const full = this.field.value.length >= LONGEST_DRAFT ? `De tekst is vol: hoogstens ${LONGEST_DRAFT} tekens. ` : "";
    this.tip.textContent = full + (length ? `Nog ${length} ${length === 1 ? "ding" : "dingen"} over een mens.` : "");
  }

  send() {
    if (!hasLists()) return this.sendLater();
    this.state = this.finds.length ? "stopped" : "sent";
    this.draw();
    this.place?.scrollIntoView({ block: "nearest" });
    return false;
  }

  /** Nothing is called clean before it was read. */
  sendLater() {
    this.say("Even wachten…", "We halen de oefening op.");
    this.load().then((there) => (there ? this.send() : this.say("Nu even niet.", "Je telefoon heeft geen verbinding. Je tekst blijft staan. Probeer het zo nog eens.")));
    return false;
  }

  /** @param {string} head @param {string} told */
  say(head, told) {
    const box = fromTemplate("nog-niet");
    one(box, "h3").textContent = head;
    one(box, "h4").remove();
    one(box, "[data-why]").textContent = told;
    this.place?.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  retry() {
    this.state = "writing";
    this.draw();
    this.field?.focus();
    return false;
  }

  beginAnew() {
    if (this.drafts) delete this.drafts[this.variant];
    this.state = "reading";
    this.draw();
    this.type?.focus();
  }

  keep() {
    if (this.verdict !== true) this.answer("klaar");
    return true;
  }

  /** The text, the field, the marks or the answer, as it stands now. */
  draw() {
    const { field, text, tip, tools, type, anew, place } = this;
    if (!field || !text || !tip || !tools || !type || !anew || !place) return;
    const finds = this.state === "stopped" ? this.finds : [];
    if (this.state === "stopped" && !finds.length) this.state = "reading"; // all is replaced, or another text is shown
    const { state } = this;
    if (state === "sent") this.loseAll();
    field.hidden = tip.hidden = state !== "writing";
    text.hidden = !field.hidden;
    tools.hidden = state === "stopped" || state === "sent";
    type.hidden = state === "writing";
    anew.hidden = this.draft === this.notes?.[this.variant];
    if (field.value !== this.draft) field.value = this.draft;
    text.replaceChildren(...this.marked(finds));
    for (const part of all(this, "[data-answer]")) part.hidden = state !== "sent";
    for (const part of all(this, "[data-question]")) part.hidden = state === "sent";
    place.replaceChildren(...(state === "stopped" ? [this.stop(finds)] : state === "sent" ? [this.good()] : []));
    if (state === "sent") one(this, "[data-answer]").before(place);
    this.count();
    this.changed();
  }

  /** The draft with its finds marked; only ever as text. @param {import("./oefenchat_finds.js").Loose[]} finds */
  marked(finds) {
    const { draft } = this;
    /** @type {Node[]} */
    const parts = [];
    let at = 0;
    for (const find of finds) {
      const mark = document.createElement("mark");
      mark.className = "hit";
      const tag = document.createElement("span");
      tag.textContent = find.tag;
      const said = document.createElement("bdi");
      said.textContent = find.text;
      mark.append(said, tag);
      parts.push(document.createTextNode(draft.slice(at, find.start)), mark);
      at = find.end;
    }
    return [...parts, document.createTextNode(draft.slice(at))];
  }

  /** One find at a time: what it is, and a button that does it. @param {import("./oefenchat_finds.js").Loose[]} finds */
  stop(finds) {
    const [find] = finds;
    const box = fromTemplate("nog-niet");
    one(box, "h3").textContent = "Wacht even.";
    one(box, "h4").textContent = finds.length > 1 ? `Er staan nog ${finds.length} dingen over een mens in.` : "Er staat nog iets over een mens in.";
    const said = document.createElement("bdi");
    said.textContent = find.text.slice(0, 80);
    const told = document.createElement("p");
    told.append("‘", said, "’");
    const what = document.createElement("p");
    what.textContent = find.what;
    const button = /** @type {HTMLElement} */ (one(this, "[data-replace]").cloneNode(true));
    button.hidden = false;
    one(button, "span").textContent = find.instead ? `Vervang door: ${find.instead}` : "Haal weg";
    button.addEventListener("click", () => this.replace(find));
    one(box, "[data-why]").append(told, what, button);
    return box;
  }

  /** What was sent reads safe in the other text too. */
  loseAll() {
    for (let [find] = this.finds, tries = 0; find && tries < 50; [find] = this.finds, tries++) this.lose(find);
  }

  /** @param {import("./oefenchat_finds.js").Loose} find */
  lose({ start, end, instead }) {
    const { draft } = this;
    const [before, after] = [draft.slice(0, start), draft.slice(end)];
    this.draft = instead ? before + instead + after : before ? before.replace(/[ \n]$/, "") + after : after.trimStart();
  }

  /** @param {import("./oefenchat_finds.js").Loose} find */
  replace(find) {
    this.lose(find);
    this.draw();
    const next = this.place?.querySelector("button") ?? document.querySelector("[data-next]");
    if (next instanceof HTMLElement) next.focus();
  }

  good() {
    const box = fromTemplate("klopt");
    one(box, "h3").textContent = "Goed gedaan.";
    one(box, "[data-why]").append(...copiesOf(this.why("right")));
    return box;
  }

  /** Feedback stands there already when the answer is kept. */
  show() {
    this.verdict = true;
  }

  /** @param {import("modules/memory.js").Answer} answer */
  restore({ correct }) {
    if (!correct) return;
    this.verdict = true;
    this.state = "sent";
    if (this.bubble) this.bubble.hidden = true; // what was typed before is gone
    this.draw();
  }
}

customElements.define("kw-oefenchat", Oefenchat);
