/**
 * The service worker: lessons that lie on this phone open without signal, and what is not here says so calmly.
 *
 * The net goes first, so nobody sees an old page for want of asking; a lesson that is kept comes when the net does not
 * answer in time. Posts are never touched: passed on from here, another site's post would look like our own
 * (people/origin.py). Nothing personal is kept. Why: docs/decisions/0046-kept-on-the-phone.md.
 */

import {
  FILES, OFFLINE_PAGE, PAGES, SOUNDS, dropPage, dropUnusedFiles, isLesson, keepPage, keepReply, keptPage, noteOf,
} from "lms/offline/pages.js";

const worker = /** @type {any} */ (self); // the types are those of pages
const PATIENCE = 4000; // ms; then the lesson that is here is better than waiting
const CALM = 1500; // ms; the page itself goes first
const DAYS = 24 * 3600 * 1000;
const OTHERS = /^\/(?:admin|docent|programma|documenten|xapi|lti|h5p|bestanden|geluid|static|opdrachten|leren|healthz)\b/;
const NEVER_CHANGES = /^\/(?:static|opdrachten|bestanden\/beeld|geluid\/[0-9a-f]{32})\b/;
const SOUND_BOOK = /^\/geluid\/les\/[\w-]+\.json$/;

/** @param {number} ms @returns {Promise<undefined>} */
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepPage(OFFLINE_PAGE).catch(() => {})));

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const work = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("kortwijs-") && ![PAGES, FILES, SOUNDS].includes(name)) await caches.delete(name);
    }
    await worker.clients.claim();
    await after(CALM);
    for (const { pathname } of await openPages()) if (isLesson(pathname)) await keepPage(pathname);
  };
  event.waitUntil(work().catch(() => {})); // where storage is refused all goes on with the net
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") return OTHERS.test(pathname) || event.respondWith(openPage(event, pathname));
  if (NEVER_CHANGES.test(pathname)) event.respondWith(keptElse(request));
  else if (SOUND_BOOK.test(pathname)) event.respondWith(elseKept(request));
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  const { keep, begin } = event.data ?? {};
  if (begin) worker.skipWaiting();
  if (keep) event.waitUntil(keepAll(keep).catch(() => {})); // no signal or no room: the page of what is kept tells
});

/** @returns {Promise<URL[]>} */
async function openPages() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.map((/** @type {{url: string}} */ { url }) => new URL(url));
}

/** @param {Request} request */
async function keptElse(request) {
  return (await caches.match(request, { ignoreVary: true }).catch(() => undefined)) ?? fetch(request);
}

/** @param {Request} request */
async function elseKept(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true }).catch(() => undefined);
    if (kept) return kept;
    throw error;
  }
}

/** @param {any} event @param {string} address */
async function openPage(event, address) {
  const kept = isLesson(address) ? await keptPage(address).catch(() => undefined) : undefined;
  const live = fetch(event.request).catch(() => undefined);
  const reply = await (kept ? Promise.race([live, after(PATIENCE)]) : live);
  if (kept && (!reply || reply.status >= 502)) return kept;
  if (!reply) return (await keptPage(OFFLINE_PAGE).catch(() => undefined)) ?? Response.error();
  if (isLesson(address) && reply.ok && reply.headers.get("ETag") !== kept?.headers.get("ETag")) {
    const copy = reply.clone();
    event.waitUntil(after(CALM).then(() => keepReply(address, copy)).catch(() => {}));
  }
  return reply;
}

/**
 * Keep the lessons of a list, one after the other: what is not here yet, is here in another version, or some days old.
 * @param {string[]} wanted '/les/laat-het-weg/ 12.zorg': an address and of which version it is
 */
async function keepAll(wanted) {
  const { connection } = /** @type {any} */ (navigator);
  if (!(await openPages()).some(({ pathname }) => isLesson(pathname))) await whenNoLessonIsOpen();
  if (connection?.saveData) return;
  for (const [address, tag] of [[OFFLINE_PAGE, ""], ...wanted.map((line) => line.split(" "))]) {
    const kept = await keptPage(address);
    const note = kept && noteOf(kept);
    if (note?.tag === tag && Date.now() - note.at < 3 * DAYS && Date.now() >= note.at) continue;
    await keepPage(address, tag);
  }
}

/** A new worker begins, and files of pages that were replaced go. */
async function whenNoLessonIsOpen() {
  worker.registration.waiting?.postMessage({ begin: true });
  await dropUnusedFiles();
}
