/** Keeps what is being said in view: below the bars at the top, above the dock. */

const AIR = 12; // px around it

/** How far a bar reaches, when it stays in place while the page scrolls. @param {string} selector @param {"top" | "bottom"} side */
function edge(selector, side) {
  return [...document.querySelectorAll(selector)]
    .filter((bar) => getComputedStyle(bar).position === "sticky" && bar.getClientRects().length)
    .map((bar) => bar.getBoundingClientRect()[side]);
}

/** @param {Range | null} range @param {Element} element the block it stands in */
export function follow(range, element) {
  if (!range || element.closest(".dock")) return;
  if (element.closest("dialog")) return element.scrollIntoView({ block: "nearest" });
  const box = range.getBoundingClientRect();
  const top = Math.max(0, ...edge(".top, .tools", "bottom")) + AIR;
  const bottom = Math.min(innerHeight, ...edge(".dock", "top")) - AIR;
  if (box.top >= top && box.bottom <= bottom) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: box.top - top - Math.max(0, (bottom - top) / 4), behavior: calm ? "instant" : "smooth" });
}
