/** Keeping lessons with their sound on this phone, how far that is, and clearing them again. */

import { all, fromTemplate, one } from "lms/element.js";
import { setUnwanted, unwanted } from "lms/offline/ask.js";
import { FILES, PAGES, dropPage, keepPage, keptPage, keptPages, noteOf, sizeOf } from "lms/offline/pages.js";
import { dropSounds, dropUnusedSounds, keepSounds, soundsHereOf } from "lms/offline/sounds.js";

const SAYINGS = {
  done: "Klaar. Je kunt nu zonder internet leren.",
  stopped: "Gestopt. Wat klaar is, blijft staan.",
  full: "Je telefoon is vol. Maak eerst ruimte.",
  failed: "Dat lukt nu niet. Heb je internet? Probeer het opnieuw.",
};

/** @param {number} bytes */
function inWords(bytes) {
  return `${Math.max(bytes / 1e6, 0.1).toLocaleString("nl", { maximumFractionDigits: 1 })}\u00a0MB`;
}

class KwKept extends HTMLElement {
  async connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element && event.target.closest("[data-do]");
      if (button instanceof HTMLElement) this.press(button);
    });
    try {
      await (await caches.open(PAGES)).keys(); // refused in some private windows
      await navigator.serviceWorker.ready;
    } catch {
      one(document, "[data-refused]").hidden = false;
      return;
    }
    for (const size of all(this, "[data-size]")) {
      const bytes = Number(size.dataset.size);
      size.textContent = bytes ? `Met geluid: ${inWords(bytes)}` : "";
    }
    await this.paint();
    this.hidden = false;
  }

  /** @param {HTMLElement} button */
  press(button) {
    const row = button.closest("li");
    const section = button.closest("section");
    switch (button.dataset.do) {
      case "keep":
        return row && this.keep([row]);
      case "keep-all":
        return section && this.keep(all(section, "[data-lesson-here]"));
      case "stop":
        return this.stopper?.abort();
      case "drop":
        return this.drop([row?.dataset.address ?? ""]);
      case "drop-all":
        return this.drop(all(this, "[data-address]").map((one) => one.dataset.address ?? ""), ["*"]);
    }
  }

  /** Keep lessons with their sound, one after the other. @param {HTMLElement[]} rows */
  async keep(rows) {
    if (this.stopper) return;
    this.stopper = new AbortController();
    const { signal } = this.stopper;
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector("progress"));
    one(this, "[data-progress]").hidden = false;
    one(this, "[data-do=stop]").hidden = bar.hidden = false;
    navigator.storage?.persist?.().catch(() => {}); // a browser that clears by itself may leave this alone
    const addresses = rows.map((row) => row.dataset.lessonHere?.split(" ") ?? []);
    setUnwanted(unwanted().filter((one) => one !== "*" && !addresses.some(([address]) => address === one)));
    let said = SAYINGS.done;
    try {
      for (const [number, [address, tag]] of addresses.entries()) {
        const at = (/** @type {number} */ share) => (bar.value = (number + share) / addresses.length);
        this.say(`Les ${number + 1} van ${addresses.length} komt eraan.`);
        at(0);
        const kept = await keptPage(address);
        if (!kept || noteOf(kept).tag !== tag) await keepPage(address, tag, signal);
        if (Number(rows[number].dataset.sound)) await keepSounds(address, signal, at);
        await this.paint();
      }
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      said = name === "AbortError" ? SAYINGS.stopped : name === "QuotaExceededError" ? SAYINGS.full : SAYINGS.failed;
      await dropUnusedSounds().catch(() => {});
    }
    this.stopper = undefined;
    one(this, "[data-do=stop]").hidden = bar.hidden = true;
    this.say(said);
    await this.paint();
  }

  /** @param {string[]} addresses @param {string[]} [not] what is not to be kept again by itself; else these */
  async drop(addresses, not = [...unwanted(), ...addresses]) {
    setUnwanted(not);
    for (const address of addresses) {
      await dropPage(address);
      await dropSounds(address);
    }
    await this.paint();
    one(document, "h1").focus();
  }

  /** @param {string} text */
  say(text) {
    one(this, "[data-told]").textContent = text;
  }

  /** What is here, as it is now. */
  async paint() {
    const pages = await keptPages();
    const sizes = await Promise.all(pages.map(async (page) => [page.address, page.size, await soundsHereOf(page.address)]));
    const here = new Map(sizes.map(([address, size, sound]) => [address, { size: Number(size), sound: Number(sound) }]));
    for (const row of all(this, "[data-lesson-here]")) {
      const found = here.get(row.dataset.lessonHere?.split(" ")[0] ?? "");
      const whole = !!found && (!Number(row.dataset.sound) || found.sound > 0);
      one(row, "[data-state]").hidden = !found;
      one(row, "[data-do]").hidden = whole;
    }
    const list = one(this, "[data-kept-here]");
    list.replaceChildren(
      ...pages.map(({ address, title }) => {
        const row = fromTemplate("bewaarde-les");
        const { size, sound } = here.get(address) ?? { size: 0, sound: 0 };
        row.dataset.address = address;
        one(row, "b").textContent = title;
        one(row, ".meta").textContent = `${inWords(size + sound)}${sound ? ", met geluid" : ""}`;
        one(row, ".vh").textContent = `: ${title}`;
        return row;
      }),
    );
    const bytes = [...here.values()].reduce((sum, { size, sound }) => sum + size + sound, await sizeOf(FILES));
    one(this, "[data-total]").textContent = inWords(bytes);
    one(this, "[data-room]").hidden = !pages.length;
  }
}

customElements.define("kw-kept", KwKept);
