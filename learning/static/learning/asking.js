/** How asking for help stands, as the server knows it: the teacher sees it, or nobody does. */

const REST = 20_000; // ms in which what is known stands: who asked would look again at each answer
let known = 0;

/**
 * Shows it, and keeps in the memory of this lesson whether there is something to look up next time. Where there is no
 * teacher, who just pressed goes to the page that says whom to ask.
 *
 * @param {HTMLElement} hand `<kw-hand>`
 * @param {{help?: unknown}} outbox
 */
export async function lookUp(hand, outbox) {
  if (!known) hand.addEventListener("submit", () => (known = -REST));
  if (hand.dataset.state === "yes" && known > performance.now() - REST) return;
  const reply = await fetch("/hulp/stand/").catch(() => null);
  if (!reply?.ok) return;
  const { lesson, teacher } = await reply.json();
  if (outbox.help) return; // what waits says more than what the server knew
  known = performance.now();
  const asked = lesson === hand.dataset.lesson;
  const { memory } = /** @type {any} */ (document.querySelector("kw-player"));
  memory.place.help = asked;
  memory.write();
  if (!teacher && hand.dataset.state !== "wait" && hand.matches(":focus-within")) {
    return location.assign(`/hulp/?les=${hand.dataset.lesson}`);
  }
  hand.dataset.state = asked ? "yes" : teacher ? "no" : "nobody";
}
