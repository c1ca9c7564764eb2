// Choosing a pictogram in the editor: a button with the picture opens a sheet with all of them.
// Without this script the list itself is there. The list keeps the value, so that Wagtail knows nothing of all this.

/** @type {Promise<HTMLDialogElement> | undefined} */
let opening;
/** @type {PictogramField | undefined} */
let chooser;

/** The sheet, fetched once for all fields of a page. @param {string} address */
function sheetFrom(address) {
  opening ??= fetch(address, { credentials: "same-origin" })
    .then((reply) => {
      if (!reply.ok) throw new Error(`${reply.status}`);
      return reply.text();
    })
    .then((html) => {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const sheet = /** @type {HTMLDialogElement} */ (holder.content.querySelector("dialog"));
      document.body.append(sheet);
      listen(sheet);
      return sheet;
    });
  opening.catch(() => (opening = undefined));
  return opening;
}

/** Letters without accents and capitals. @param {string} text */
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {HTMLDialogElement} sheet */
function listen(sheet) {
  const search = /** @type {HTMLInputElement} */ (sheet.querySelector("input"));
  search.addEventListener("input", () => show(sheet, search.value));
  search.addEventListener("keydown", (event) => {
    const first = visible(sheet)[0];
    if (event.key === "ArrowDown") first?.focus();
    else if (event.key === "Enter" && search.value.trim()) choose(sheet, best(sheet, search.value));
    else return;
    event.preventDefault();
  });
  sheet.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-none]")) chooser?.take("");
    if (target === sheet || target.closest("[data-close], [data-none]")) sheet.close();
    else choose(sheet, target.closest("[data-pictogram]"));
  });
  sheet.addEventListener("keydown", (event) => walk(sheet, event));
  sheet.addEventListener("close", () => chooser?.querySelector("button")?.focus());
}

/** @param {HTMLDialogElement} sheet @returns {HTMLButtonElement[]} */
function visible(sheet) {
  return [.../** @type {NodeListOf<HTMLButtonElement>} */ (sheet.querySelectorAll("[data-pictogram]"))].filter(
    (button) => !button.hidden,
  );
}

/** Those of which some word begins with each word that was typed. @param {HTMLDialogElement} sheet @param {string} typed */
function show(sheet, typed) {
  const asked = bare(typed).split(/\s+/).filter(Boolean);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("[data-pictogram]"))) {
    const words = bare(button.dataset.words ?? "").split(/[\s-]+/);
    button.hidden = !asked.every((word) => words.some((known) => known.startsWith(word)));
    button.tabIndex = -1;
  }
  for (const section of sheet.querySelectorAll("section")) {
    section.hidden = !section.querySelector("[data-pictogram]:not([hidden])");
  }
  const found = visible(sheet);
  if (found[0]) found[0].tabIndex = 0;
  const count = /** @type {HTMLElement} */ (sheet.querySelector("[data-count]"));
  const many = found.length === 1 ? "1 pictogram" : `${found.length} pictogrammen`;
  count.textContent = found.length ? many : "Niets gevonden. Probeer een ander woord.";
}

/** What Enter takes: one that is called so, before one that is found by another word.
 * @param {HTMLDialogElement} sheet @param {string} typed */
function best(sheet, typed) {
  const found = visible(sheet);
  return found.find((button) => bare(button.textContent ?? "").trim().startsWith(bare(typed).trim())) ?? found[0];
}

/** Arrows go through the pictures. @param {HTMLDialogElement} sheet @param {KeyboardEvent} event */
function walk(sheet, event) {
  const all = visible(sheet);
  const now = all.indexOf(/** @type {HTMLButtonElement} */ (event.target));
  if (now < 0) return;
  const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key] ?? near(all, now, event.key);
  if (next === undefined) return;
  event.preventDefault();
  if (next < 0) /** @type {HTMLElement} */ (sheet.querySelector("input")).focus();
  all[next]?.focus();
}

/** The picture above or below this one. @param {HTMLButtonElement[]} all @param {number} now @param {string} key */
function near(all, now, key) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!way) return undefined;
  const from = all[now].getBoundingClientRect();
  for (let next = now + way; next >= 0 && next < all.length; next += way) {
    const to = all[next].getBoundingClientRect();
    const isOtherRow = way > 0 ? to.top > from.top + 4 : to.top < from.top - 4;
    if (isOtherRow && (way > 0 ? to.left >= from.left - 4 : to.left <= from.left + 4)) return next;
  }
  return way > 0 ? undefined : -1;
}

/** @param {HTMLDialogElement} sheet @param {Element | null | undefined} button */
function choose(sheet, button) {
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.pictogram) chooser?.take(button.dataset.pictogram);
  sheet.close();
}

class PictogramField extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    if (!this.list) {
      // The browser still reads the page, and has not come to the list.
      document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), { once: true });
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kw-pictogram-button";
    button.innerHTML = '<span data-drawing></span><span data-name></span><span class="kw-pictogram-change">Kies</span>';
    button.addEventListener("click", () => this.open());
    this.list.addEventListener("change", () => this.tell());
    this.list.tabIndex = -1;
    this.list.setAttribute("aria-hidden", "true");
    this.append(button);
    this.classList.add("is-ready");
    // Wagtail fills in the value after it put the field in the page.
    requestAnimationFrame(() => this.tell());
    // Of a label or an error one comes to the list: go on to the button.
    this.list.addEventListener("focus", () => button.focus());
  }

  get list() {
    return /** @type {HTMLSelectElement} */ (this.querySelector("select"));
  }

  async open() {
    try {
      const sheet = await sheetFrom(this.dataset.sheet ?? "");
      chooser = this;
      const search = /** @type {HTMLInputElement} */ (sheet.querySelector("input"));
      search.value = "";
      show(sheet, "");
      const none = /** @type {HTMLElement} */ (sheet.querySelector("[data-none]"));
      none.hidden = !this.list.value || !this.list.querySelector('option[value=""]');
      for (const one of sheet.querySelectorAll("[data-pictogram]")) {
        one.toggleAttribute("aria-current", /** @type {HTMLElement} */ (one).dataset.pictogram === this.list.value);
      }
      sheet.showModal();
      search.focus();
    } catch {
      this.classList.remove("is-ready"); // no sheet: the list serves
      this.list.tabIndex = 0;
      this.list.removeAttribute("aria-hidden");
    }
  }

  /** @param {string} key */
  take(key) {
    this.list.value = key;
    for (const kind of ["input", "change"]) this.list.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  /** The picture and the name of what is chosen. */
  async tell() {
    const option = this.list.selectedOptions[0];
    const name = option?.value ? option.text : "Nog geen pictogram";
    const label = this.querySelector("[data-name]");
    if (label) label.textContent = name;
    const drawing = /** @type {HTMLElement} */ (this.querySelector("[data-drawing]"));
    drawing.replaceChildren();
    if (!option?.value) return;
    const sheet = await sheetFrom(this.dataset.sheet ?? "").catch(() => undefined);
    const picture = sheet?.querySelector(`[data-pictogram="${CSS.escape(option.value)}"] svg`);
    if (picture && option.selected) drawing.replaceChildren(picture.cloneNode(true));
  }
}

customElements.define("kw-pictogram", PictogramField);
