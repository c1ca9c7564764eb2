/**
 * Advice under each text while it is typed: level, long sentences, hard words with a plainer one, passive voice.
 * One request for the whole lesson, a moment after the last key; fields that are added later join by themselves.
 */

const WAIT = 700;
const FIELDS = "input[type=text], textarea";
/** Names of fields that are no twin in the steps, with their variant. @type {Record<string, string>} */
const OTHERS = { title: "standaard", title_makkelijk: "makkelijk", goals: "standaard", goals_makkelijk: "makkelijk" };

const panel = document.querySelector("[data-reading]");
let timer = 0;
/** @type {AbortController | null} */
let asking = null;
/** @type {Element | null} */
let typed = null;

/** @param {Element} field @returns {string} its variant, '' for a field without advice */
function variantOf(field) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return "";
  const twin = /^steps-\d+-.*-(standaard|makkelijk)$/.exec(field.name);
  return twin ? twin[1] : (OTHERS[field.name] ?? "");
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field where it stands, as its author sees it */
function placeOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.firstChild?.textContent?.trim() ?? "";
  const step = /^steps-(\d+)-/.exec(field.name)?.[1];
  if (!step) return label || field.name;
  const order = document.querySelector(`input[name="steps-${step}-order"]`);
  return `Stap ${Number(order instanceof HTMLInputElement ? order.value : step) + 1}, ${label}`;
}

/** @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
function texts() {
  const all = /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...document.querySelectorAll(FIELDS)]);
  return all.filter((field) => {
    const step = /^steps-\d+/.exec(field.name)?.[0];
    const gone = step && document.querySelector(`input[name="${step}-deleted"]`);
    return variantOf(field) && !(gone instanceof HTMLInputElement && gone.value);
  });
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function boxOf(field) {
  const id = `advice-${field.name}`;
  let box = document.getElementById(id);
  if (!box) {
    box = document.createElement("div");
    box.id = id;
    box.className = "kw-advice";
    field.after(box);
    const told = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", told ? `${told} ${id}` : id);
  }
  return box;
}

/** @param {string} word */
function addWord(word) {
  const link = document.createElement("a");
  link.href = panel instanceof HTMLElement ? (panel.dataset.wordList ?? "") : "";
  link.target = "_blank";
  link.textContent = `Zet ‘${word}’ in de woordenlijst`;
  return link;
}

/**
 * @typedef {{text: string, blocks: boolean, word: string}} Message
 * @param {HTMLElement} box @param {{level: string, messages: Message[]}} told
 */
function show(box, told) {
  const level = document.createElement("b");
  level.textContent = told.level && `Niveau: ${told.level}`;
  const list = document.createElement("ul");
  for (const message of told.messages) {
    const line = document.createElement("li");
    line.textContent = message.text;
    line.toggleAttribute("data-blocks", message.blocks);
    if (message.word) line.append(" ", addWord(message.word));
    list.append(line);
  }
  box.replaceChildren(level, ...(told.messages.length ? [list] : []));
}

/** @param {string} selector @param {Node[][]} lines */
function fill(selector, lines) {
  panel?.querySelector(selector)?.replaceChildren(
    ...lines.map((parts) => {
      const line = document.createElement("li");
      line.append(...parts);
      return line;
    }),
  );
}

/** @param {any} told */
function showPage(told) {
  fill(
    "[data-reading-variants]",
    told.variants.map((/** @type {{name: string, said: string}} */ one) => {
      const name = document.createElement("b");
      name.textContent = one.name;
      return [name, document.createTextNode(`: ${one.said}`)];
    }),
  );
  const blocks = told.missing ? [told.missing, ...told.blocks] : told.blocks;
  fill("[data-reading-blocks]", blocks.map((/** @type {string} */ reason) => [document.createTextNode(reason)]));
}

/** Say how many remarks there are about the text that was just typed, politely. @param {any} told */
function say(told) {
  const name = typed instanceof HTMLInputElement || typed instanceof HTMLTextAreaElement ? typed.name : "";
  const found = told.fields[name];
  const said = panel?.querySelector("[data-reading-said]");
  if (!found || !said) return;
  const count = found.messages.length;
  said.textContent = count ? `Niveau ${found.level}. ${count === 1 ? "1 advies" : `${count} adviezen`}.` : "Geen advies.";
}

async function ask() {
  if (!(panel instanceof HTMLElement)) return;
  asking?.abort();
  asking = new AbortController();
  const fields = texts().map((field) => ({
    name: field.name,
    place: placeOf(field),
    variant: variantOf(field),
    text: field.value.slice(0, 10_000),
  }));
  const { CSRF_TOKEN, CSRF_HEADER_NAME } = /** @type {any} */ (window).wagtailConfig ?? {};
  try {
    const reply = await fetch(panel.dataset.reading ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", [CSRF_HEADER_NAME ?? "x-csrftoken"]: CSRF_TOKEN ?? "" },
      body: JSON.stringify({ fields }),
      signal: asking.signal,
    });
    if (!reply.ok) return; // advice never stands in the way of writing
    const told = await reply.json();
    for (const field of texts()) if (told.fields[field.name]) show(boxOf(field), told.fields[field.name]);
    showPage(told);
    say(told);
  } catch {
    // no connection, or a newer question is on its way
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
}

if (panel) {
  document.addEventListener("input", (event) => {
    if (!(event.target instanceof Element) || !variantOf(event.target)) return;
    typed = event.target;
    soon();
  });
  new MutationObserver((changes) => {
    const added = changes.some((change) => [...change.addedNodes].some((node) => node instanceof Element && node.querySelector(FIELDS)));
    if (added) {
      texts().forEach(boxOf);
      soon();
    }
  }).observe(document.body, { childList: true, subtree: true });
  texts().forEach(boxOf);
  ask();
}
