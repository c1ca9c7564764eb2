/**
 * Marks the sentence and the word that are being said, by colour and by a line under it.
 * With CSS highlights the page itself stays as it is; where a browser has none, or draws no line under them, the word
 * stands in a span for as long as it is said.
 *
 * @typedef {import("media/speech/lines.js").Line} Line
 */

const SENTENCE_NAME = "kw-sentence";
const WORD_NAME = "kw-word";

/** Asked once the player's style is there. */
export function hasHighlights() {
  if (!("highlights" in CSS)) return false;
  return getComputedStyle(document.body, `::highlight(${WORD_NAME})`).textDecorationLine === "underline";
}

/** @param {string} name @param {Range | null} range */
function highlight(name, range) {
  if (!range) return void CSS.highlights.delete(name);
  const made = new Highlight(range);
  made.priority = name === WORD_NAME ? 1 : 0;
  CSS.highlights.set(name, made);
}

/** A text node of which a part stands in a span; afterwards it is whole again, and the same node. */
class Wrapped {
  /** @param {Text} node @param {number} from @param {number} to */
  constructor(node, from, to) {
    this.node = node;
    this.whole = node.data;
    this.span = document.createElement("span");
    this.span.className = "lit-w";
    this.span.textContent = node.data.slice(from, to);
    this.rest = new Text(node.data.slice(to));
    node.data = node.data.slice(0, from);
    node.after(this.span, this.rest);
  }

  undo() {
    this.span.remove();
    this.rest.remove();
    this.node.data = this.whole;
  }
}

/** The spans of one range, per text node. @param {Line} line @param {number} from @param {number} to @returns {Wrapped[]} */
function wrap(line, from, to) {
  /** @type {Map<Text, [number, number]>} */
  const parts = new Map();
  for (const [node, at] of line.spots.slice(from, to)) parts.set(node, [parts.get(node)?.[0] ?? at, at + 1]);
  return [...parts].map(([node, [start, end]]) => new Wrapped(node, start, end));
}

export class Marker {
  constructor() {
    this.usesHighlights = hasHighlights();
    /** @type {Wrapped[]} */
    this.wrapped = [];
    /** @type {Element | null} */
    this.lit = null;
  }

  /** @param {Line} line @param {number} from @param {number} to */
  sentence(line, from, to) {
    this.clear();
    if (this.usesHighlights) return highlight(SENTENCE_NAME, line.range(from, to));
    this.lit = line.element;
    line.element.classList.add("lit");
  }

  /** @param {Line} line @param {number} from @param {number} to */
  word(line, from, to) {
    if (this.usesHighlights) return highlight(WORD_NAME, line.range(from, to));
    this.unwrap();
    this.wrapped = wrap(line, from, to);
  }

  unwrap() {
    for (const part of this.wrapped.reverse()) part.undo();
    this.wrapped = [];
  }

  clear() {
    if (this.usesHighlights) {
      highlight(SENTENCE_NAME, null);
      highlight(WORD_NAME, null);
    }
    this.unwrap();
    this.lit?.classList.remove("lit");
    this.lit = null;
  }
}
