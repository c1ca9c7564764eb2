/**
 * What comes after the first screen is there: the reading font, not for who saves data, and the worker that opens
 * lessons without signal (lms/offline/worker.js).
 */

addEventListener("load", () => {
  const { connection, serviceWorker } = /** @type {Navigator & {connection?: {saveData?: boolean}}} */ (navigator);
  if (!connection?.saveData) document.documentElement.classList.add("font");
  serviceWorker?.register("/sw.js", { updateViaCache: "all" }).catch(() => {}); // refused: all goes on with signal
});
