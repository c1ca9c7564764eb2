/** How asking for help stands, as the server knows it: the teacher sees it, or nobody does. */

/**
 * Shows it, and keeps in the memory of this lesson whether there is something to look up next time. Where there is no
 * teacher, who just pressed goes to the page that says whom to ask.
 *
 * @param {HTMLElement & {waits?: boolean}} hand `<kw-hand>`
 */
export async function lookUp(hand) {
  const reply = await fetch("/hulp/stand/").catch(() => null);
  if (!reply?.ok) return;
  const { lesson, teacher } = await reply.json();
  if (hand.waits) return; // what waits says more than what the server knew
  const asked = lesson === hand.dataset.lesson;
  const { memory } = /** @type {any} */ (document.querySelector("kw-player"));
  memory.place.help = asked;
  memory.write();
  if (!teacher && hand.dataset.state !== "wait" && hand.matches(":focus-within")) {
    return location.assign(`/hulp/?les=${hand.dataset.lesson}`);
  }
  hand.dataset.state = asked ? "yes" : teacher ? "no" : "nobody";
}
