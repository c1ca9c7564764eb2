/**
 * The buttons of the player: Pauze, Weer and Trager, above what stands in the dock, for as long as something is read.
 * Stopping is where starting was: the button Luister.
 *
 * @typedef {{pause: () => void, again: () => void, slower: () => void}} Actions
 */

import { picture } from "media/speech/pictures.js";

/** @param {HTMLButtonElement} button @param {string} name @param {string} word */
export function dress(button, name, word) {
  const text = document.createElement("span");
  text.textContent = word;
  button.replaceChildren(picture(name), text);
}

/** @param {string} name @param {string} word @param {() => void} action */
function made(name, word, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-s";
  dress(button, name, word);
  button.addEventListener("click", action);
  return button;
}

/** Where the buttons stand: in the sheet above its way out, else in the dock. @param {Element | null} sheet @returns {Element} */
function placeFor(sheet) {
  if (sheet) return sheet;
  const dock = [...document.querySelectorAll(".dock")].find((one) => one.getClientRects().length);
  if (dock) return dock;
  const added = document.createElement("footer");
  added.className = "dock";
  added.dataset.added = "";
  document.querySelector(".app")?.append(added);
  return added;
}

export class Controls {
  /** @param {Actions} actions */
  constructor(actions) {
    this.group = document.createElement("div");
    this.group.className = "player";
    this.group.setAttribute("role", "group");
    this.group.setAttribute("aria-label", "Voorlezen");
    this.pause = made("pause", "Pauze", actions.pause);
    this.again = made("again", "Weer", actions.again);
    this.slow = made("slow", "Trager", actions.slower);
    this.group.append(this.pause, this.again, this.slow);
  }

  /** @param {Element | null} sheet @param {boolean} slow */
  show(sheet, slow) {
    const place = placeFor(sheet);
    if (sheet) place.insertBefore(this.group, sheet.querySelector("form"));
    else place.prepend(this.group);
    this.showPaused(false);
    this.showSlow(slow);
  }

  /** @param {boolean} paused */
  showPaused(paused) {
    dress(this.pause, paused ? "play" : "pause", paused ? "Speel" : "Pauze");
  }

  /** @param {boolean} slow */
  showSlow(slow) {
    this.slow.setAttribute("aria-pressed", String(slow));
  }

  /** Gone again; whoever stood on one of them stands on Luister then. @param {HTMLElement} luister */
  hide(luister) {
    const held = this.group.contains(document.activeElement);
    this.group.remove();
    document.querySelector(".dock[data-added]")?.remove();
    if (held && luister.isConnected) luister.focus({ preventScroll: true });
  }
}
