/**
 * What the server has sound for: texts as they stand on a screen, each with its clips.
 * Asked for without cookies: nobody can tell who listens.
 *
 * @typedef {{key: string, at: [number, number], words: [number, number, number, number][], ms: number, low?: boolean}} Entry
 * @typedef {Entry & {low: boolean}} Clip
 * @typedef {{lines: Map<string, Clip[]>, sentences: Map<string, Clip[]>}} Book
 */

const SITE = "/geluid/site.json";
const PATIENCE = 8000; // ms; then the phone's own voice is better than waiting
const KEPT = 16; // clips in memory

/** @type {Map<string, Promise<Book>>} */
const books = new Map();
/** @type {Map<string, Promise<string>>} */
const clips = new Map();

/** @param {string} address */
async function get(address) {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const reply = await fetch(address, { credentials: "omit", signal });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply;
}

/** Also each sentence by itself: it may stand in another company on the screen. @param {string} address @returns {Promise<Book>} */
async function readBook(address) {
  const { lines, low } = await (await get(address)).json();
  /** @type {Book} */
  const book = { lines: new Map(), sentences: new Map() };
  for (const [text, entries] of Object.entries(/** @type {Record<string, Entry[]>} */ (lines))) {
    const made = entries.map((entry) => ({ ...entry, low: entry.low ?? !!low }));
    book.lines.set(text, made);
    for (const clip of made) {
      const [start, end] = clip.at;
      const words = clip.words.map(([from, to, ...times]) => [from - start, to - start, ...times]);
      const alone = /** @type {Clip} */ ({ ...clip, at: [0, end - start], words });
      book.sentences.set(text.slice(start, end), [alone]);
    }
  }
  return book;
}

/** One that did not come is asked for again at the next press. @param {string} address */
function book(address) {
  const asked = books.get(address) ?? readBook(address);
  books.set(address, asked);
  return asked.catch(() => {
    books.delete(address);
    return null;
  });
}

/** The lessons whose texts are on this page: its own, or those of the questions that came back. @returns {Set<string>} */
function lessonsHere() {
  const named = [...document.querySelectorAll("[data-lesson]")].map((part) => part.getAttribute("data-lesson") ?? "");
  const own = /^\/(?:les|herhalen)\/([^/]+)\/(?:[^/]|$)/.exec(location.pathname)?.[1];
  return new Set(own ? [own, ...named] : named);
}

/**
 * Gives a function that finds the clips of a text; undefined where there are none.
 * @returns {Promise<(text: string) => Clip[] | undefined>}
 */
export async function soundsHere() {
  const addresses = [...[...lessonsHere()].map((slug) => `/geluid/les/${slug}.json`), SITE];
  const found = (await Promise.all(addresses.map(book))).filter((one) => one !== null);
  return (text) => {
    const wanted = text.normalize("NFC");
    for (const { lines } of found) if (lines.has(wanted)) return lines.get(wanted);
    for (const { sentences } of found) if (sentences.has(wanted)) return sentences.get(wanted);
    return undefined;
  };
}

/** The ending of what this browser plays. @param {HTMLMediaElement} audio */
function ending(audio) {
  return audio.canPlayType('audio/webm; codecs="opus"') ? "webm" : "mp3";
}

/** An address of a clip in memory. @param {string} key @param {HTMLMediaElement} audio @returns {Promise<string>} */
export function clipOf(key, audio) {
  const asked =
    clips.get(key) ??
    get(`/geluid/${key}.${ending(audio)}`).then(async (reply) => URL.createObjectURL(await reply.blob()));
  clips.delete(key); // the one used last stands last
  clips.set(key, asked);
  asked.catch(() => clips.delete(key));
  for (const [old, made] of [...clips].slice(0, -KEPT)) {
    clips.delete(old);
    made.then(URL.revokeObjectURL, () => {});
  }
  return asked;
}
