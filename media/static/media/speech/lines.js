/**
 * The lines of a screen: every text that can be seen, in the order of the page, one per block.
 * Names of the frame (Sluit, Hulp, Terug, Luister) are not in it: they are the same on every screen.
 */

const UNREAD =
  ".vh, [hidden], [aria-hidden=true]:not(.at), svg, script, style, template, noscript, textarea, select, kw-speech, .player, [data-back]";

/** A text of the page as it is said, and where each of its characters stands. */
export class Line {
  /** @param {Element} element the block that holds it */
  constructor(element) {
    this.element = element;
    this.text = "";
    /** @type {[Text, number][]} per character of the text the node it comes from and its place there */
    this.spots = [];
  }

  /** Put a node's text behind; white space counts once. @param {Text} node */
  add(node) {
    for (let at = 0; at < node.data.length; at++) {
      const isSpace = /\s/.test(node.data[at]);
      if (isSpace && (!this.text || this.text.endsWith(" "))) continue;
      this.text += isSpace ? " " : node.data[at];
      this.spots.push([node, at]);
    }
  }

  /** The space behind the last word belongs to nobody. */
  close() {
    this.text = this.text.trimEnd();
    this.spots.length = this.text.length;
  }

  /** @param {number} from @param {number} to @returns {Range | null} null when the page changed meanwhile */
  range(from, to) {
    const first = this.spots[from];
    const last = this.spots[Math.min(to, this.spots.length) - 1];
    if (!first || !last) return null;
    const range = document.createRange();
    try {
      range.setStart(...first);
      range.setEnd(last[0], last[1] + 1);
    } catch {
      return null;
    }
    return range;
  }

  /** Whether it can still be seen. */
  get isShown() {
    return this.element.isConnected && isVisible(this.element);
  }

  /** The language it is in: words stand in other languages too. */
  get language() {
    return (this.element.closest("[lang]")?.getAttribute("lang") || "nl").slice(0, 2).toLowerCase();
  }
}

/** @param {Element} element */
function isVisible(element) {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}

/** The nearest ancestor that is a block of its own. @param {Element} element @returns {Element} */
function blockOf(element) {
  const { display } = getComputedStyle(element);
  const goesAlong = display === "inline" || display === "contents";
  return goesAlong && element.parentElement ? blockOf(element.parentElement) : element;
}

/** @param {Node} node */
function verdictOn(node) {
  if (node instanceof Text) return /\S/.test(node.data) || node.data ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
  if (!(node instanceof Element) || node.matches(UNREAD) || !isVisible(node)) return NodeFilter.FILTER_REJECT;
  return NodeFilter.FILTER_ACCEPT;
}

/** The lines of this part of the page that can be seen. @param {Element} root @returns {Line[]} */
export function linesOf(root) {
  if (!isVisible(root)) return [];
  /** @type {Line[]} */
  const lines = [];
  /** @type {Line | undefined} */
  let line;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, verdictOn);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (node.localName === "br") line = undefined;
      continue;
    }
    const block = blockOf(/** @type {Element} */ (node.parentElement));
    if (line?.element !== block) lines.push((line = new Line(block)));
    line.add(/** @type {Text} */ (node));
  }
  for (const made of lines) made.close();
  return lines.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

/** What there is to read: the sheet that lies on top, or the page and then what its dock offers. @param {Element | null} sheet */
export function linesOnScreen(sheet) {
  if (sheet) return linesOf(sheet);
  return [...document.querySelectorAll("main, .dock")].flatMap(linesOf);
}

/** The sheet that lies on top of the page, if any. @returns {HTMLDialogElement | null} */
export function sheetOnTop() {
  return [...document.querySelectorAll("dialog")].filter((dialog) => dialog.open).at(-1) ?? null;
}

const NEWS = ".fb, .wrong, .is-missing, [role=alert]";
const PASSING = ".mine, [role=status], .saved, .dock";

/**
 * Where to begin: at what is new. Feedback or an error comes first; else what came on the screen since one heard
 * it to its end; else the top.
 * @param {Line[]} lines @param {WeakSet<Element>} heard
 */
export function beginning(lines, heard) {
  const isNew = (/** @type {Line} */ { element }) => !heard.has(element) && !element.closest(PASSING);
  const news = lines.findIndex((line) => isNew(line) && line.element.closest(NEWS));
  if (news >= 0) return news;
  return lines.some(({ element }) => heard.has(element)) ? Math.max(lines.findIndex(isNew), 0) : 0;
}
