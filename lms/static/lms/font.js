/** The reading font comes after the first screen is there, and not at all for who saves data. */

addEventListener("load", () => {
  const { connection } = /** @type {Navigator & {connection?: {saveData?: boolean}}} */ (navigator);
  if (!connection?.saveData) document.documentElement.classList.add("font");
});
