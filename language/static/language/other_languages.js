/**
 * A word in another language. All words in all languages come at once, without cookies: which one is looked up, and
 * in which language, stays on the phone. So does the chosen language.
 */

const PLACE = "kw-taal";
const NOT_YET = "Dit woord is er nog niet in deze taal.";
const NONE = "Dit woord is er nog niet in een andere taal.";

/**
 * @typedef {{ name: string, dir: string }} Language
 * @typedef {{ languages: Record<string, Language>, words: Record<string, Record<string, string[]>> }} Answer
 */

/** @returns {string} */
function chosen() {
  try {
    return localStorage.getItem(PLACE) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} code */
function choose(code) {
  try {
    if (code) localStorage.setItem(PLACE, code);
    else localStorage.removeItem(PLACE);
  } catch {
    /* a phone that keeps nothing shows it all the same */
  }
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} text @param {Record<string, string>} [attributes] */
function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/**
 * The word and its explanation, marked with language and direction. Not a <p>: Luister speaks Dutch only.
 * @param {string[]} texts @param {string} code @param {Language} language
 */
function inLanguage([word, explanation], code, language) {
  const shown = make("div", "", { class: "other", lang: code, dir: language.dir });
  shown.append(make("b", word));
  if (explanation) shown.append(make("span", explanation));
  return shown;
}

/** @param {Answer} answer @param {string[]} codes @param {(code: string) => void} pick */
function picker(answer, codes, pick) {
  const label = make("label", "Andere taal", { class: "language" });
  const select = make("select", "");
  select.append(make("option", "Alleen Nederlands", { value: "" }));
  for (const code of codes) {
    const { name, dir } = answer.languages[code];
    select.append(make("option", name, { value: code, lang: code, dir }));
  }
  select.value = codes.includes(chosen()) ? chosen() : "";
  select.addEventListener("change", () => {
    choose(select.value);
    pick(select.value);
  });
  label.append(select);
  return label;
}

/** @param {string} address @returns {Promise<Answer>} */
async function ask(address) {
  const reply = await fetch(address, { credentials: "omit" });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

/**
 * In a sheet: the choice of languages, and the word in the one that was chosen.
 * @param {HTMLElement} place @param {string} word its address
 */
export async function showLanguages(place, word) {
  const button = place.querySelector("button");
  const wasFocused = button === document.activeElement;
  try {
    const answer = await ask(place.dataset.languages ?? "");
    const there = answer.words[word] ?? {};
    const codes = Object.keys(answer.languages).filter((code) => code in there || code === chosen());
    if (!codes.length) return place.replaceChildren(make("p", NONE, { role: "status" }));
    /** @param {string} code */
    const show = (code) => {
      place.querySelector(".other, [role=status]")?.remove();
      if (!code) return;
      const said = there[code] && inLanguage(there[code], code, answer.languages[code]);
      place.prepend(said ?? make("p", NOT_YET, { role: "status" }));
    };
    const choice = picker(answer, codes, show);
    place.replaceChildren(choice);
    show(codes.includes(chosen()) ? chosen() : "");
    if (wasFocused) choice.querySelector("select")?.focus();
  } catch {
    const note = place.querySelector("[role=status]");
    if (note instanceof HTMLElement) note.hidden = false;
  }
}

/** In the word list: one choice for all words; the words in all languages stand in the page. @param {HTMLElement} place */
async function chooseForAll(place) {
  const answer = await ask(place.dataset.languages ?? "");
  /** @param {string} code */
  const show = (code) => {
    for (const entry of document.querySelectorAll("[data-entry]")) {
      entry.querySelector(":scope > div > .other")?.remove();
      const there = code && entry.querySelector(`[data-language="${code}"]`);
      if (there instanceof HTMLElement) entry.querySelector("details")?.before(there.cloneNode(true));
    }
  };
  const codes = Object.keys(answer.languages);
  if (!codes.length) return;
  place.replaceChildren(picker(answer, codes, show));
  place.hidden = false;
  show(codes.includes(chosen()) ? chosen() : "");
}

const list = document.querySelector("[data-all-words]");
if (list instanceof HTMLElement) chooseForAll(list).catch(() => {});
