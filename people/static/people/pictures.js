/** A picture code is tapped on the phone itself; the third tap sends it. Without this each tap is a request. */

const MOST = 3;
const form = document.querySelector("form[data-pictures]");

/** @param {HTMLFormElement} board */
function follow(board) {
  const sent = /** @type {HTMLInputElement} */ (board.elements.namedItem("gekozen"));
  const told = board.querySelector("[data-told]");
  const places = [...board.querySelectorAll(".slots li")];
  const buttons = /** @type {HTMLButtonElement[]} */ ([...board.querySelectorAll("button[name=plaatje]")]);
  const back = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[name=terug]"));
  let drawn = sent.value.split(",").filter(Boolean);

  /** @param {string} name */
  const wordOf = (name) => buttons.find((button) => button.value === name)?.dataset.word ?? name;

  function show() {
    for (const button of buttons) {
      const number = drawn.indexOf(button.value) + 1;
      button.setAttribute("aria-pressed", String(number > 0));
      const mark = /** @type {HTMLElement} */ (button.querySelector(".nr"));
      mark.hidden = !number;
      /** @type {HTMLElement} */ (mark.querySelector("b")).textContent = String(number || "");
    }
    places.forEach((place, index) => {
      const picture = buttons.find((button) => button.value === drawn[index])?.querySelector("svg");
      const words = document.createElement("span");
      words.className = "vh";
      words.textContent = picture ? `${index + 1}: ${wordOf(drawn[index])}` : ": nog leeg";
      place.classList.toggle("full", Boolean(picture));
      place.replaceChildren(...(picture ? [picture.cloneNode(true)] : [String(index + 1)]), words);
    });
    const last = drawn.at(-1);
    if (told) told.textContent = last ? `Plaatje ${drawn.length} van ${MOST}: ${wordOf(last)}.` : "Nog geen plaatje.";
    sent.value = drawn.join(",");
  }

  board.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!(button instanceof HTMLButtonElement) || button.name !== "plaatje") return;
    event.preventDefault();
    if (event.detail > 1 || drawn.length >= MOST) return; // a hand that shakes taps once
    const name = button.value;
    drawn = drawn.includes(name) ? drawn.filter((one) => one !== name) : [...drawn, name];
    show();
    if (drawn.length === MOST) board.submit();
  });
  back?.addEventListener("click", (event) => {
    event.preventDefault();
    drawn = drawn.slice(0, -1);
    show();
  });
  // A page that 'back' brings again begins empty: its pictures were sent.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    drawn = [];
    show();
  });
}

if (form instanceof HTMLFormElement) follow(form);
