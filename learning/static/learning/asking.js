/** Asks the teacher for help, or takes it back: the teacher sees it, and the learner sees that they asked. */

const TOLD = { accept: "application/json" };

/**
 * Throws where the server cannot be reached or does not take it.
 *
 * @param {HTMLElement} hand `<kw-hand>`
 * @param {string} key under which this phone remembers that this learner asked
 * @param {HTMLFormElement} [form] what was pressed; without one it is only looked up how it stands
 */
export async function askForHelp(hand, key, form) {
  const reply = await (form
    ? fetch(form.action, { method: "POST", body: new FormData(form), headers: TOLD })
    : fetch("/hulp/stand/", { headers: TOLD }));
  if (!reply.ok) throw new Error(`${reply.status}`);
  const { lesson, teacher } = await reply.json();
  if (form && !teacher) return location.assign(`/hulp/?les=${hand.dataset.lesson}`);
  remember(key, lesson !== null);
  const state = lesson === hand.dataset.lesson ? "asked" : "ask";
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (hand.querySelectorAll("[data-state]"))) {
    part.hidden = part.dataset.state !== state;
  }
  if (form) /** @type {HTMLElement} */ (hand.querySelector(`[data-state=${state}] button`)).focus({ preventScroll: true });
}

/** @param {string} key @param {boolean} asked */
function remember(key, asked) {
  try {
    if (asked) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
  } catch {
    /* a phone that keeps nothing shows at the next press that it was asked */
  }
}
