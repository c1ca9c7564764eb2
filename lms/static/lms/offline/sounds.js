/**
 * The sound of a lesson on this phone: its book (which text is which clip) lies here once all its clips do.
 * Asked for without cookies, as in media/speech/sounds.js: nobody can tell who keeps it.
 */

import { SOUNDS, dropWhere } from "lms/offline/pages.js";

const AT_ONCE = 4;
const SIZE = "x-size"; // of all clips of a book, in a header of it

/** @param {string} lesson the lesson's address */
function bookOf(lesson) {
  return `/geluid${lesson.slice(0, -1)}.json`;
}

/** The ending of what this browser plays. */
function endingHere() {
  return new Audio().canPlayType('audio/webm; codecs="opus"') ? "webm" : "mp3";
}

/** @param {string} address @param {AbortSignal} [signal] */
async function getSound(address, signal) {
  const reply = await fetch(address, { credentials: "omit", signal });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply;
}

/** @param {Response} book @param {string} ending @returns {Promise<string[]>} */
async function clipsIn(book, ending) {
  const { lines } = await book.json();
  const entries = /** @type {{key: string}[]} */ (Object.values(lines).flat());
  return [...new Set(entries.map(({ key }) => `/geluid/${key}.${ending}`))];
}

/**
 * Keep all clips of a lesson. Throws when one does not come, when there is no room, or when it was stopped; what came
 * until then stays for the next try, unless `dropUnusedSounds` is called.
 * @param {string} lesson @param {AbortSignal} signal @param {(share: number) => void} tell how far it is, 0 to 1
 */
export async function keepSounds(lesson, signal, tell) {
  const cache = await caches.open(SOUNDS);
  const book = await getSound(bookOf(lesson), signal);
  const clips = await clipsIn(book.clone(), endingHere());
  const left = [...clips];
  let size = 0;
  const work = async () => {
    for (let clip = left.shift(); clip; clip = left.shift()) {
      const reply = (await cache.match(clip)) ?? (await getSound(clip, signal));
      const sound = await reply.blob();
      size += sound.size;
      await cache.put(clip, new Response(sound, { headers: reply.headers }));
      tell(1 - left.length / clips.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const headers = { "Content-Type": "application/json", [SIZE]: `${size}` };
  await cache.put(bookOf(lesson), new Response(await book.blob(), { headers }));
}

/** Bytes of the sound of a lesson on this phone; 0 where it is not all here. @param {string} lesson */
export async function soundsHereOf(lesson) {
  return Number((await (await caches.open(SOUNDS)).match(bookOf(lesson)))?.headers.get(SIZE) ?? 0);
}

/** @param {string} lesson */
export async function dropSounds(lesson) {
  await (await caches.open(SOUNDS)).delete(bookOf(lesson));
  await dropUnusedSounds();
}

/** Clips of no book that lies here go: two lessons may say the same sentence. */
export async function dropUnusedSounds() {
  const cache = await caches.open(SOUNDS);
  const used = new Set();
  for (const request of await cache.keys()) {
    const book = request.url.endsWith(".json") && (await cache.match(request));
    if (!book) continue;
    used.add(new URL(request.url).pathname);
    for (const clip of await clipsIn(book, endingHere())) used.add(clip);
  }
  await dropWhere(SOUNDS, (address) => !used.has(address));
}
