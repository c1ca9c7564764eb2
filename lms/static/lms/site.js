/** Pages around the lessons: see to it that what still waits is sent, and that who was taken off the phone is gone. */

import { outbox } from "learning/outbox.js";
import { readCookie, removeCookie } from "lms/owner.js";

const TAKEN_OFF = "weg"; // the keys of who was taken off this phone (people.phone_book)

async function forgetTakenOff() {
  for (const owner of readCookie(TAKEN_OFF).split(".").filter(Boolean)) {
    await outbox.store.forgetOwner(owner);
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(`les:${owner}:`)) localStorage.removeItem(name);
    } catch {
      /* storage is refused: then nothing is there */
    }
  }
  removeCookie(TAKEN_OFF);
}

document.documentElement.classList.add("js");
forgetTakenOff().finally(() => outbox.send());
