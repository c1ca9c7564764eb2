/**
 * A card or code that was scanned without signal waits on this phone, with who scanned it: home leads there later.
 * It stands among one's own words, so it goes along to another key and goes when one is taken off the phone (lms/own_words.js).
 */

import { knownOwner, owner } from "lms/owner.js";

const CARD = /^\/(?:kaart\/[^/]+\/|meedoen\/(?:[^/]+\/|\?code=))/;

/** @param {string} whose */
function placeOf(whose) {
  return `les:${whose}:eigen:kaart`;
}

/** Whether the address is one of a card or code. @param {{pathname: string, search: string}} place */
export function isCard({ pathname, search }) {
  return CARD.test(pathname + search);
}

/** @param {{pathname: string, search: string}} place */
export function rememberCard({ pathname, search }) {
  try {
    localStorage.setItem(placeOf(owner()), pathname + search);
  } catch {
    /* nothing is kept here: the card must be scanned again */
  }
}

function forgetCard() {
  localStorage.removeItem(placeOf(knownOwner()));
}

/** The card that waits for who is here, if any. */
function waitingCard() {
  try {
    const address = localStorage.getItem(placeOf(knownOwner()))?.split("\n").at(-1) ?? "";
    return CARD.test(address) ? address : "";
  } catch {
    return "";
  }
}

/** Home leads to it: what is asked there, and what is wrong with a code, is said there. */
function offerCard() {
  const note = document.querySelector(/** @type {"div"} */ ("[data-card-waits]"));
  const address = waitingCard();
  if (!note || !address) return;
  const link = note.querySelector("a");
  if (link) link.href = address;
  note.hidden = false;
  note.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("a, button");
    if (!pressed) return;
    forgetCard();
    note.hidden = true;
  });
}

offerCard();
