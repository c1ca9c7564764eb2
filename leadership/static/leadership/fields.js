/** The questions of a guided form on the page: what stands in them, and the rows of their tables. */

import { all, one } from "lms/element.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** @param {ParentNode} root @returns {Control[]} */
export const controls = (root) => /** @type {any} */ (all(root, "input:not([type=hidden]), textarea, select"));

/** One question. */
export class Field {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.id = element.dataset.field ?? "";
    this.kind = element.dataset.kind;
    this.most = Number(element.dataset.most);
    this.touched = false;
    if (this.kind === "table") this.number();
  }

  /** @returns {string | Record<string, string>[]} */
  get value() {
    if (this.kind === "table") return this.rows.map((row) => this.cells(row));
    if (this.kind !== "choice") return controls(this.element)[0].value;
    return this.element.querySelector(/** @type {"input"} */ ("input:checked"))?.value ?? "";
  }

  set value(value) {
    const text = typeof value === "string" ? value : "";
    if (this.kind === "table") this.fill(Array.isArray(value) ? value : []);
    else if (this.kind !== "choice") controls(this.element)[0].value = text;
    else for (const radio of /** @type {HTMLInputElement[]} */ (controls(this.element))) radio.checked = radio.value === text;
  }

  /** What a person typed, not what they chose. @returns {string[]} */
  get typed() {
    return controls(this.element).filter((one) => !one.matches("select, [type=radio]")).map((one) => one.value);
  }

  get rows() {
    return all(this.element, "[data-row]");
  }

  /** @param {HTMLElement} row @returns {Record<string, string>} */
  cells(row) {
    return Object.fromEntries(controls(row).map((cell) => [cell.dataset.column ?? "", cell.value]));
  }

  /** @param {Record<string, string>[]} rows */
  fill(rows) {
    while (this.rows.length < Math.min(rows.length, this.most)) this.append();
    for (const row of this.rows.slice(Math.max(1, rows.length))) row.remove();
    this.rows.forEach((row, place) => {
      for (const cell of controls(row)) cell.value = rows[place]?.[cell.dataset.column ?? ""] ?? "";
    });
    this.number();
  }

  /** One row more, where it fits. @returns {HTMLElement | null} */
  append() {
    if (this.rows.length >= this.most) return null;
    const template = /** @type {HTMLTemplateElement} */ (one(this.element, "template"));
    one(this.element, "[data-rows]").append(template.content.cloneNode(true));
    this.number();
    return this.rows[this.rows.length - 1];
  }

  /** @param {HTMLElement} row @returns {HTMLElement} where to go on */
  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    const goOn = next instanceof HTMLElement ? next : /** @type {HTMLElement} */ (this.append());
    this.number();
    return controls(goOn)[0];
  }

  /** Rows count from 1 for people; their fields get the names a form without a script has. */
  number() {
    this.rows.forEach((row, place) => {
      for (const said of all(row, "[data-number]")) said.textContent = `Rij ${place + 1}`;
      for (const cell of controls(row)) {
        const name = `${this.id}-${place}-${cell.dataset.column}`;
        row.querySelector(`label[for="${cell.id}"]`)?.setAttribute("for", name);
        cell.id = cell.name = name;
      }
      /** @type {HTMLButtonElement} */ (one(row, "[data-less]")).value = `weg:${this.id}:${place}`;
    });
    /** @type {HTMLButtonElement} */ (one(this.element, "[data-more]")).disabled = this.rows.length >= this.most;
  }

  /** What the server could not take, or '' when nothing is wrong. @param {string} text */
  wrong(text) {
    const told = one(this.element, "[data-wrong]");
    if (told.textContent !== text) told.textContent = text;
    if (this.kind !== "line" && this.kind !== "text") return;
    const [control] = controls(this.element);
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }

  /** What is too long is said at once; the server says it too. */
  measure() {
    if (this.kind !== "line" && this.kind !== "text") return this.wrong("");
    const { length } = /** @type {string} */ (this.value).trim();
    this.wrong(length > this.most ? `Dit is te lang. Er passen ${this.most} tekens, je hebt er ${length}.` : "");
  }

  /** What points to a person. @param {string[]} said */
  persons(said) {
    const place = one(this.element, "[data-person]");
    if (place.innerText === said.join("\n")) return;
    place.replaceChildren(
      ...said.map((text) => {
        const line = document.createElement("span");
        line.textContent = text;
        return line;
      }),
    );
  }
}
