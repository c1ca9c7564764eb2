/** Pages around the lessons: see to it that what still waits is sent, and that who was taken off the phone is gone. */

import { outbox } from "learning/outbox.js";
import { moveOwnWords } from "lms/own_words.js";
import { readCookie } from "lms/owner.js";

const JOINED = "samen"; // a key and the key it is now (people.owner)
const TAKEN_OFF = "weg"; // the keys of who was taken off this phone (people.phone_book)

/** @param {string} name */
function removeCookie(name) {
  document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
}

/** What a phone remembers of lessons and of questionnaires. @param {string} owner @param {string} name */
function isOf(owner, name) {
  return name.startsWith(`les:${owner}:`) || name.startsWith(`vragen:${owner}:`);
}

async function forgetTakenOff() {
  for (const owner of readCookie(TAKEN_OFF).split(".").filter(Boolean)) {
    const theirs = (await outbox.store.all()).filter((event) => event.owner === owner);
    await outbox.store.forget(new Set(theirs.map((event) => event.id)));
    try {
      for (const name of Object.keys(localStorage)) if (isOf(owner, name)) localStorage.removeItem(name);
    } catch {
      /* storage is refused: then nothing is there */
    }
  }
  removeCookie(TAKEN_OFF);
}

/** Two learners are one by now: what one wrote for oneself under the one key goes along to the other. */
function takeWordsAlong() {
  const [before, now] = readCookie(JOINED).split(".");
  if (now) moveOwnWords(before, now);
  removeCookie(JOINED);
}

/** On a phone that several people use every page says who is here, with the way out. */
function sayWhose() {
  const note = document.querySelector(/** @type {"p"} */ ("[data-whose]"));
  const name = readCookie("naam");
  if (!note || !name || !readCookie("gedeeld")) return;
  /** @type {Element} */ (note.querySelector("bdi")).textContent = name;
  const link = note.querySelector("a");
  if (link) link.search = `?next=${encodeURIComponent(location.pathname)}`;
  note.hidden = false;
}

document.documentElement.classList.add("js");
sayWhose();
takeWordsAlong();
forgetTakenOff().finally(() => outbox.send());

// The second tap of a double tap sends nothing again: its request could overtake the cookies of the first.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("form button");
  if (button && event.detail > 1) event.preventDefault();
});
