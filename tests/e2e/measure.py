"""What a browser can say about a screen, as plain data; the rules that judge it stand in checks.py.

The script is handed to `page.evaluate`, so that it works under the site's own content policy.
"""

MEASURE = r"""() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false })
    && !element.closest(".vh, .skip, [aria-hidden=true]") && element.getClientRects().length > 0;
  const box = (element) => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    return { left, top, right, bottom, width, height };
  };
  const dialog = document.querySelector("dialog[open]");
  const root = dialog ?? document.body;
  const all = (selector, from = root) => [...from.querySelectorAll(selector)].filter(shown);
  const words = (element) => element.innerText.replace(/\s+/g, " ").trim();

  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    return ["white", ...layers];
  };

  const lines = (element) => {
    const found = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!shown(node.parentElement)) continue;
      for (const match of node.data.matchAll(/\S+/g)) {
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const top = Math.round(range.getBoundingClientRect().bottom / 8);
        const last = found[found.length - 1];
        if (last && Math.abs(last.top - top) <= 1) last.text += " " + match[0];
        else found.push({ top, text: match[0] });
      }
    }
    return found.map((line) => line.text);
  };

  const holdsText = (element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const READ = ".read p, .read li, .keep li, .choice, dd, .seelist li, main > p, .note";
  const texts = all("*").filter((element) => holdsText(element) && !element.closest("svg, script, style, template"))
    .map((element) => {
      const style = getComputedStyle(element);
      return {
        text: words(element).slice(0, 60), size: parseFloat(style.fontSize), align: style.textAlign,
        italic: style.fontStyle !== "normal", upper: style.textTransform === "uppercase",
        hyphens: style.hyphens, lead: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
        reading: element.closest(READ) !== null
          && !element.closest(".meta, .tag, .saved, .slim, .mine, .nr, .btn, summary, legend, select, option"),
      };
    });

  const inSentence = (element) => {
    if (element.tagName !== "A" || !getComputedStyle(element).display.startsWith("inline")) return false;
    let around = "";
    for (const node of element.parentElement.childNodes) if (node.nodeType === 3) around += node.data;
    return /\p{L}{2,}/u.test(around) || element.matches(".word");
  };
  const TARGETS = "a[href], button, summary, select, textarea, label:is(.choice, .btn), "
    + "input:not([type=hidden], label input)";
  const PICTURES = "svg, .dot, .nr, .node, input[type=radio]";
  const targets = all(TARGETS).map((element) => {
    const style = getComputedStyle(element);
    const picture = [...element.querySelectorAll(PICTURES)].some((one) => one.checkVisibility());
    return {
      name: words(element) || element.getAttribute("aria-label") || element.getAttribute("name") || element.tagName,
      words: words(element), picture, tag: element.tagName, classes: element.className, box: box(element),
      inline: inSentence(element), main: element.matches(".btn-main"),
      isButton: element.matches("button, .btn, .topbtn"), inSwitch: element.closest(".switch") !== null,
      fixed: element.closest(".dock, .top, .tools") !== null,
      bordered: parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== "rgba(0, 0, 0, 0)",
      border: over([...behind(element.parentElement), style.borderTopColor]),
      ground: over(behind(element.parentElement)), face: over(behind(element)),
      cut: element.tagName !== "INPUT" && (element.scrollWidth > element.clientWidth + 4
        || element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible"),
    };
  });

  const step = dialog ? null : document.querySelector("kw-player section.step:not([hidden])");
  const feedback = step?.querySelector(".fb") ?? null;
  const sentences = all(".read li, .read p, .keep li, .note, dd, .saved, main > p, .why p, .why li, figcaption")
    .map((element) => element.innerText.trim());
  const cut = all("*").filter((element) => {
    const style = getComputedStyle(element);
    return !element.closest("svg") && style.overflowX !== "visible" && style.overflowX !== "auto"
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
      && !element.matches("html, body, input, select");
  }).map((element) => words(element).slice(0, 40) || element.className);
  const outside = all("main *, .top *, .tools *, .dock *").filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return !element.closest("svg") && (left < -1 || right > innerWidth + 1);
  }).map((element) => words(element).slice(0, 40) || element.className);
  const inView = ({ left, top, right, bottom }) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return {
    texts, targets, sentences, cut, outside,
    lines: all(READ).filter((element) => !element.querySelector(READ)).flatMap(lines),
    stepWords: step ? [feedback, ...step.querySelectorAll(".vh, .checked")].filter(Boolean)
      .reduce((text, apart) => text.replace(words(apart), ""), words(step)) : "",
    feedbackWords: feedback ? words(feedback) : "",
    openQuestions: step ? all(".choices:not(.shut), .order", step).filter(() => !step.querySelector(".fb")).length : 0,
    options: step ? all(".choices:not(.shut) .choice", step).length : 0,
    where: document.querySelector(".where")?.innerText.trim().split("\n")[0] ?? "",
    terug: all("[data-back]").length, answered: step?.querySelector(".fb") !== null && step !== null,
    exercise: step?.querySelector(".exercise")?.dataset.kind ?? "",
    headings: document.querySelectorAll("h1").length, lang: document.documentElement.lang,
    variant: document.documentElement.dataset.variant, isStep: step !== null, dialog: dialog !== null,
    desk: document.querySelector(".desk") !== null,
    width: document.documentElement.clientWidth, scrollWidth: document.documentElement.scrollWidth,
    height: innerHeight, scrollHeight: document.documentElement.scrollHeight,
    moving: document.getAnimations().filter((a) => a.playState === "running").length,
    luister: all("kw-speech button").filter((element) => inView(box(element))).length,
    refresh: document.querySelectorAll("meta[http-equiv=refresh]").length,
    alts: [...document.querySelectorAll("main figure svg[role=img], main [role=img]")]
      .map((picture) => picture.getAttribute("aria-label") ?? picture.querySelector("title")?.textContent ?? ""),
  };
}"""

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
NO_SPACING = "() => { document.adoptedStyleSheets = [] }"
