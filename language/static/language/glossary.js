/**
 * A dotted word opens a sheet with its meaning, from the page itself; without script it is a link.
 * Other languages come on a tap, or at once where one was chosen before (language/other_languages.js).
 */

import { fromTemplate, one } from "lms/element.js";

let tries = 0;

/** @param {HTMLElement} meaning the entry in the page's word list @param {HTMLElement} link */
function openSheet(meaning, link) {
  const sheet = /** @type {HTMLDialogElement} */ (fromTemplate("blad"));
  const picture = meaning.querySelector("svg");
  if (picture) one(sheet, "[data-picto]").replaceWith(picture.cloneNode(true));
  one(sheet, "h2").textContent = one(meaning, "b").textContent;
  one(sheet, "[data-meaning]").replaceWith(one(meaning, "p").cloneNode(true));
  sheet.addEventListener("close", () => {
    sheet.remove();
    link.focus();
  });
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  document.body.append(sheet);
  sheet.showModal();
  offerLanguages(one(sheet, "[data-languages]"), meaning);
}

/** @param {HTMLElement} place @param {HTMLElement} meaning */
function offerLanguages(place, meaning) {
  const script = one(document, "#woorden").dataset.script ?? "";
  const show = () =>
    import(script + (tries ? `?${tries}` : "")).then(
      (languages) => languages.showLanguages(place, meaning.dataset.word),
      () => {
        tries += 1; // some browsers remember that an address failed
        one(place, "[role=status]").hidden = false;
      },
    );
  one(place, "button").addEventListener("click", show);
  try {
    if (localStorage.getItem("kw-taal")) show();
  } catch {
    /* a phone that keeps nothing has no choice to remember */
  }
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a.word");
  if (!(link instanceof HTMLAnchorElement)) return;
  const slug = link.pathname.split("/").filter(Boolean).pop();
  const meaning = document.querySelector(`#woorden [data-word="${slug}"]`);
  if (!(meaning instanceof HTMLElement)) return;
  event.preventDefault();
  openSheet(meaning, link);
});
