/** A dotted word opens a sheet with its meaning, from the page itself; without script it is a link. */

import { fromTemplate, one } from "lms/element.js";

/** @param {HTMLElement} meaning the entry in the page's word list */
function openSheet(meaning) {
  const sheet = /** @type {HTMLDialogElement} */ (fromTemplate("blad"));
  const picture = meaning.querySelector("svg");
  if (picture) one(sheet, "[data-picto]").replaceWith(picture.cloneNode(true));
  one(sheet, "h2").textContent = one(meaning, "b").textContent;
  one(sheet, "[data-meaning]").replaceWith(one(meaning, "p").cloneNode(true));
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  document.body.append(sheet);
  sheet.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a.word");
  if (!(link instanceof HTMLAnchorElement)) return;
  const slug = link.pathname.split("/").filter(Boolean).pop();
  const meaning = document.querySelector(`#woorden [data-word="${slug}"]`);
  if (!(meaning instanceof HTMLElement)) return;
  event.preventDefault();
  openSheet(meaning);
});
