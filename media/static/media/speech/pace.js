/** Slower or as usual: a choice of this phone, for whoever uses it. It is never sent. */

const PLACE = "luister:trager";
const SLOW = 0.7;

export function isSlow() {
  try {
    return localStorage.getItem(PLACE) === "ja";
  } catch {
    return false;
  }
}

/** @param {boolean} slow */
export function keepSlow(slow) {
  try {
    if (slow) localStorage.setItem(PLACE, "ja");
    else localStorage.removeItem(PLACE);
  } catch {
    /* storage is refused: then it holds for this reading only */
  }
}

/** @param {boolean} slow */
export function rateOf(slow) {
  return slow ? SLOW : 1;
}
