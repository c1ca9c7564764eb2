/** Makkelijk | Gewoon: both texts are in the page, so switching keeps the place and needs no signal. */

import { all } from "lms/element.js";
import { writeCookie } from "lms/owner.js";

/** @param {string} choice 'makkelijk' or 'gewoon' */
export function chooseVariant(choice) {
  writeCookie("soort", choice);
  document.documentElement.dataset.variant = choice === "gewoon" ? "standaard" : "makkelijk";
  for (const link of all(document, "[data-variant-choice]")) {
    if (link.dataset.variantChoice === choice) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.dispatchEvent(new CustomEvent("kw-variant"));
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-variant-choice]");
  if (!(link instanceof HTMLElement)) return;
  event.preventDefault();
  chooseVariant(link.dataset.variantChoice ?? "makkelijk");
});
