/** In the editor of a word: a tap confirms or refuses a compound; it is kept at once, beside what is being edited. */

/** @param {HTMLButtonElement} button @param {HTMLElement} row @param {string} address */
async function decide(button, row, address) {
  const status = /** @type {HTMLElement} */ (row.querySelector("[role=status]"));
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({ form: row.dataset.form ?? "", answer: button.value });
  body.set("csrfmiddlewaretoken", token instanceof HTMLInputElement ? token.value : "");
  try {
    const reply = await fetch(address, { method: "POST", body });
    if (!reply.ok) throw new Error(String(reply.status));
    row.querySelector("[data-choice]")?.remove();
    status.textContent = button.value === "hoort" ? "Bewaard: hoort bij dit woord." : "Bewaard: dit vragen we niet meer.";
  } catch {
    status.textContent = "Niet bewaard. Kijk of je verbinding hebt en tik nog een keer.";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-word-proposals] button");
  if (!(button instanceof HTMLButtonElement)) return;
  const list = /** @type {HTMLElement} */ (button.closest("[data-word-proposals]"));
  const row = /** @type {HTMLElement} */ (button.closest("[data-form]"));
  decide(button, row, list.dataset.wordProposals ?? "");
});
