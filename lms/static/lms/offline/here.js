/** The page that stands in the place of one that did not come: what is on this phone, and how to go on. */

import { fromTemplate, one } from "lms/element.js";
import { knownOwner, readCookie } from "lms/owner.js";
import { chooseVariant } from "language/variant.js";
import { isCard, rememberCard } from "lms/offline/card.js";
import { keptPages } from "lms/offline/pages.js";

/** Whether who is here was busy in a lesson, as memory.js keeps it. @param {string} module */
function isBusy(module) {
  try {
    return !!JSON.parse(localStorage.getItem(`les:${knownOwner()}:${module}`) ?? "{}").step;
  } catch {
    return false;
  }
}

async function showHere() {
  const pages = await keptPages().catch(() => []);
  const rows = pages.map((page) => ({ ...page, busy: isBusy(page.module) })).sort((a, b) => Number(b.busy) - Number(a.busy));
  const list = one(document, "[data-here] ul");
  for (const { address, title, busy } of rows) {
    const row = fromTemplate("les");
    /** @type {HTMLAnchorElement} */ (one(row, "a")).href = address;
    one(row, "b").textContent = title;
    one(row, ".meta").hidden = !busy;
    list.append(row);
  }
  one(document, "[data-here]").hidden = !rows.length;
  one(document, "[data-none]").hidden = !!rows.length;
  const begin = /** @type {HTMLAnchorElement} */ (one(document, "[data-begin]"));
  const again = one(document, "[data-again]");
  if (rows.length) begin.href = rows[0].address;
  begin.hidden = !rows.length;
  again.classList.toggle("btn-main", !rows.length); // one main button
}

chooseVariant(readCookie("soort") || "makkelijk");
if (isCard(location)) {
  rememberCard(location);
  one(document, "[data-card]").hidden = false;
}
one(document, "[data-again]").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});
showHere();
