/** The pictures of the player's buttons, as in media/pictograms: they come with it, not with every page. */

/** @type {Record<string, string>} */
const SHAPES = {
  pause: '<path class="d" d="M11 8h9v32h-9zM28 8h9v32h-9z"/>',
  play: '<path class="a" d="M17 11l26 16-26 16z"/><path d="M12 7l27 17-27 17z"/>',
  again: '<path d="M10 24a15 15 0 1 0 5-11M9 5v11h11" stroke-width="4.5"/>',
  slow: '<circle class="a" cx="24" cy="23" r="12"/><circle cx="20" cy="20" r="12"/><path d="M20 20m-5 2a5 5 0 1 1 5 4M3 40h31c6 0 9-4 8-10l-1-9M41 21l-5-6M41 21l5-6"/>',
  stop: '<path class="d" d="M10 10h28v28H10z"/>',
  speaker:
    '<path class="a" d="M9 21h8l11-9v31l-11-9H9z"/><path d="M5 17h8l11-9v31l-11-9H5zM31 17c3 4 3 10 0 14M38 11c6 7 6 19 0 26"/>',
};

/** @param {string} name @returns {SVGElement} */
export function picture(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = SHAPES[name];
  return svg;
}
