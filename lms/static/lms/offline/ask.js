/** Home and a route ask the worker to keep their lessons; not those that were taken off this phone (kept.js). */

const UNWANTED = "niet-bewaren"; // addresses of lessons, '*' for all

/** @returns {string[]} */
export function unwanted() {
  try {
    return JSON.parse(localStorage.getItem(UNWANTED) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string[]} addresses */
export function setUnwanted(addresses) {
  try {
    localStorage.setItem(UNWANTED, JSON.stringify(addresses));
  } catch {
    /* storage is refused: then nothing is kept either */
  }
}

addEventListener("load", async () => {
  const list = document.querySelector("[data-keep]")?.getAttribute("data-keep")?.split("|");
  if (!list || !navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.ready;
  const not = unwanted();
  const keep = list.filter((line) => !not.includes(line.split(" ")[0]) && !not.includes("*"));
  active?.postMessage({ keep });
});
