/**
 * What plays: a frame that is shut off from this page, and what goes in and out of it (docs/explanation/h5p.md).
 *
 * It is loaded when its step is near, and only then. What the frame says is a message from a stranger: its shape is
 * looked at, its size is bounded, and the server believes none of it.
 *
 * @typedef {import("./h5p.js").H5p} Element
 * @typedef {{knownOwner: () => string, outbox: import("learning/outbox.js").Outbox}} Page what the lesson has already
 */

import { closesWhole, shortStatement } from "./h5p_statements.js";

const MOST_STATEMENTS = 300; // of one visit: content that does not stop is not listened to for ever
const MOST_STATE = 60_000;
const FRAME_PATIENCE = 20_000;

/** Players begin one after the other. @type {Promise<unknown>} */
let turnToBegin = Promise.resolve();

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

export class Stage {
  /** @param {Element} element @param {HTMLElement} stage @param {Page} page */
  constructor(element, stage, page) {
    this.element = element;
    this.stage = stage;
    this.page = page;
    this.statements = 0;
    /** @type {Promise<void> | undefined} */
    this.loading = undefined;
    /** @type {Record<string, Record<string, string>>} what the learner was busy with, per part and name */
    this.state = {};
    find(stage, "[data-fill]").addEventListener("click", () => this.fill());
    addEventListener("message", (event) => this.hear(event));
    addEventListener("pagehide", () => this.keepState());
    page.outbox.addEventListener("change", () => page.outbox.state === "saved" && this.keepState());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.isFilling && this.fill());
  }

  /** This step is so many steps away: on the next one it loads, on this one it begins. @param {number} away */
  come(away) {
    if (this.isFilling && away) this.fill();
    if (away !== 0) this.tellFrame({ type: "save" });
    if (away !== 0 && away !== 1) return;
    this.loading ??= this.load();
    if (away === 0) this.begin();
  }

  /** The frame, with the player in it that waits. */
  async load() {
    const { stage } = this;
    try {
      const play = stage.dataset.address ? { address: stage.dataset.address, state: "" } : await this.ask();
      this.state = play.state ? JSON.parse(play.state) : {};
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.setAttribute("allow", "autoplay");
      frame.setAttribute("referrerpolicy", "no-referrer");
      frame.title = stage.dataset.title ?? "";
      this.ready = new Promise((resolve) => (this.isReady = resolve));
      frame.src = play.address;
      stage.prepend(frame);
      this.frame = frame;
    } catch {
      this.fail();
    }
  }

  /** @returns {Promise<{address: string, state: string}>} */
  async ask() {
    const reply = await fetch(this.whereKept);
    if (!reply.ok) throw new Error(`${reply.status}`);
    return reply.json();
  }

  /** Where the server says what is played here, and keeps how far one is. */
  get whereKept() {
    const lesson = /** @type {HTMLElement | null} */ (this.element.closest("[data-module]"))?.dataset.module;
    return `/leren/h5p/${lesson}/${encodeURIComponent(this.element.dataset.exercise ?? "")}`;
  }

  /** Once, when it is on the screen and those before it have begun. */
  async begin() {
    const { stage } = this;
    if (this.begun) return;
    this.begun = true;
    stage.hidden = false;
    const mine = turnToBegin.then(async () => {
      await this.loading;
      if (!this.frame) return;
      const late = setTimeout(() => this.fail(), FRAME_PATIENCE);
      this.started = new Promise((resolve) => (this.hasStarted = resolve));
      await Promise.race([this.ready, new Promise((resolve) => setTimeout(resolve, FRAME_PATIENCE))]);
      this.tellFrame({ type: "start", state: this.state });
      await Promise.race([this.started, new Promise((resolve) => setTimeout(resolve, FRAME_PATIENCE))]);
      clearTimeout(late);
    });
    turnToBegin = mine.catch(() => undefined);
  }

  /** @param {Record<string, unknown>} message */
  tellFrame(message) {
    this.frame?.contentWindow?.postMessage({ kw: "h5p", ...message }, "*"); // a frame without origin has no other name
  }

  /** @param {MessageEvent} event */
  hear(event) {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== "null") return;
    const said = event.data;
    if (typeof said !== "object" || said === null || said.kw !== "h5p") return;
    if (said.type === "ready") this.isReady?.(undefined);
    else if (said.type === "started") this.play();
    else if (said.type === "failed") this.hasPlayed || this.fail();
    else if (said.type === "height") this.size(said.height);
    else if (said.type === "statement") this.take(said.statement);
    else if (said.type === "state") this.remember(said);
  }

  play() {
    this.hasPlayed = true;
    this.hasStarted?.(undefined);
    find(this.element, "[data-failed]").hidden = true;
    this.stage.querySelector(".stage-wait")?.remove();
    this.stage.classList.add("is-on");
    /** @type {HTMLDetailsElement} */ (find(this.element, ".instead")).open = false;
  }

  /** It does not open: the text stands there, and the lesson goes on. */
  fail() {
    if (this.hasPlayed) return;
    this.hasStarted?.(undefined);
    this.stage.hidden = true;
    this.frame?.remove();
    this.frame = undefined;
    this.loading = undefined;
    this.begun = false; // coming back to this step tries again
    find(this.element, "[data-failed]").hidden = false;
    /** @type {HTMLDetailsElement} */ (find(this.element, ".instead")).open = true;
  }

  /** @param {unknown} height */
  size(height) {
    if (typeof height !== "number" || !Number.isFinite(height) || !this.frame) return;
    this.frame.style.blockSize = `${Math.min(Math.max(Math.ceil(height), 120), 4000)}px`;
  }

  /** @param {unknown} raw */
  take(raw) {
    const statement = shortStatement(raw);
    if (!statement || this.statements++ >= MOST_STATEMENTS) return;
    const exercise = this.element.dataset.exercise ?? "";
    if (!closesWhole(statement)) {
      this.element.dispatchEvent(new CustomEvent("kw-statement", { bubbles: true, detail: { step: exercise, exercise, statement } }));
      return;
    }
    this.element.close({ exercise, response: "klaar", correct: null, parts: { "": null }, statement });
  }

  /** @param {{part?: unknown, name?: unknown, data?: unknown}} said */
  remember({ part, name, data }) {
    if (![part, name, data].every((one) => typeof one === "string")) return;
    const [whose, what, text] = /** @type {string[]} */ ([part, name, data]);
    if (whose.length > 60 || what.length > 60) return;
    const state = { ...this.state, [whose]: { ...this.state?.[whose], [what]: text } };
    if (JSON.stringify(state).length > MOST_STATE) return; // what came before stays
    this.state = state;
    this.unsaved = true;
    this.keepState();
  }

  /** How far one is goes to the server as soon as that knows who this is; what cannot go now goes later. */
  async keepState() {
    if (!this.unsaved || !this.page.knownOwner() || this.element.closest("[data-preview]")) return;
    this.unsaved = false;
    try {
      const reply = await fetch(this.whereKept, {
        method: "PUT",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ owner: this.page.knownOwner(), state: JSON.stringify(this.state) }),
      });
      if (reply.status === 401 || reply.status >= 500) this.unsaved = true;
    } catch {
      this.unsaved = true;
    }
  }

  get isFilling() {
    return this.stage.classList.contains("fills");
  }

  /** The whole screen, and back: without the browser's own full screen, which telephones do not give to a frame. */
  fill() {
    const fills = this.stage.classList.toggle("fills");
    const button = find(this.element, "[data-fill]");
    button.setAttribute("aria-pressed", String(fills));
    find(button, "span").textContent = fills ? "Maak kleiner" : "Vul het scherm";
    document.documentElement.classList.toggle("is-filled", fills);
    button.focus({ preventScroll: true });
  }
}
