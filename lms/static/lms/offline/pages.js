/**
 * The pages that lie on this phone, each with all that it loads: a page is kept once all of that is here, so it never
 * meets a script of another version. Shared by the worker and by the page where one keeps and clears (kept.js).
 * Why: docs/decisions/0046-kept-on-the-phone.md.
 *
 * @typedef {{address: string, title: string, module: string, tag: string, at: number, size: number, files: string[]}} KeptPage
 */

export const PAGES = "kortwijs-pages-1";
export const FILES = "kortwijs-files-1";
export const SOUNDS = "kortwijs-sounds-1";
export const OFFLINE_PAGE = "/zonder-internet/";

const NOTE = "x-kept"; // what we know of a kept page, in a header of it
const FILE = /\b(?:href|src|data-[\w-]+)=["']?(\/(?:static|opdrachten)\/[^"'\s>#?]+)/g;
const PICTURE = /\bsrc=["']?(\/bestanden\/beeld\/[^"'\s>]+)/g;
const PHOTO = /<picture>.*?image\/webp["']? srcset=["']([^"']*)["'].*?<img src=(?:"[^"]*"|[^\s>]+)/gs;
const STYLE = /<style>(.*?)<\/style>/s; // a lesson has its rules in itself
const IN_STYLE = /url\(["']?(?!data:|#)([^"')]+)/g;
const PHOTO_WIDTH = "720w";

/** One at a time on this phone, so that nothing is cleared between a page's files and the page.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export async function alone(work) {
  return navigator.locks ? navigator.locks.request("kortwijs-kept", work) : work();
}

/** @param {string} address */
export function isLesson(address) {
  return /^\/les\/[\w-]+\/$/.test(address);
}

/** A photo in one form and width: which of them a browser asks for cannot be known without it. @param {string} text */
export function withOnePhotoEach(text) {
  return text.replace(PHOTO, (_, candidates) => {
    const found = candidates.split(/,\s*/).map((/** @type {string} */ one) => one.split(" "));
    const [best] = found.find((/** @type {string[]} */ [, width]) => width === PHOTO_WIDTH) ?? found.at(-1);
    return `<picture><img src="${best}"`;
  });
}

/** Fetch a page anew and keep it. Throws when it or a part of it does not come, or when there is no room.
 * @param {string} address @param {string} [tag] of which version it is, by who asks @param {AbortSignal} [signal] */
export async function keepPage(address, tag = "", signal) {
  const reply = await fetch(address, { signal });
  if (reply.status === 404 || reply.status === 410) return dropPage(address);
  await keepReply(address, reply, tag, signal);
}

/** Keep a page that came. @param {string} address @param {Response} reply @param {string} [tag] @param {AbortSignal} [signal] */
export async function keepReply(address, reply, tag = "", signal) {
  const told = reply.headers.get("Cache-Control") ?? "";
  if (!reply.ok || reply.redirected || told.includes("no-store")) throw new Error(`${reply.status}`);
  await alone(() => keepText(address, reply, tag, signal));
}

/** @param {string} address @param {Response} reply @param {string} tag @param {AbortSignal} [signal] */
async function keepText(address, reply, tag, signal) {
  const text = withOnePhotoEach(await reply.text());
  const own = [...text.matchAll(PICTURE)].map(([, file]) => file);
  const letters = [...(STYLE.exec(text)?.[1] ?? "").matchAll(IN_STYLE)].map(([, file]) => file);
  const files = await keepFiles([...text.matchAll(FILE)].map(([, file]) => file).concat(letters, own), signal);
  const size = new Blob([text]).size + (await sizeOf(FILES, new Set(own)));
  const title = /<title>([^<]*?)(?: – [^<]*)?<\/title>/.exec(text)?.[1] ?? "";
  const module = /data-module=["']?([\w-]+)/.exec(text)?.[1] ?? ""; // as memory.js calls it
  const headers = new Headers(reply.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set(NOTE, encodeURIComponent(JSON.stringify({ address, title, module, tag, at: Date.now(), size, files })));
  await (await caches.open(PAGES)).put(address, new Response(text, { headers }));
}

/** Keep files and what their styles refer to; gives all addresses. @param {string[]} files @param {AbortSignal} [signal] */
async function keepFiles(files, signal) {
  const cache = await caches.open(FILES);
  const all = new Set(files);
  for (const file of all) {
    let reply = await cache.match(file);
    if (!reply) {
      reply = await fetch(file, { signal });
      if (!reply.ok) throw new Error(`${reply.status}`);
      await cache.put(file, reply.clone());
    }
    if (!file.endsWith(".css")) continue;
    for (const [, found] of (await reply.text()).matchAll(IN_STYLE)) {
      all.add(new URL(found, new URL(file, location.origin)).pathname);
    }
  }
  return [...all];
}

/** @param {string} address @returns {Promise<Response | undefined>} */
export async function keptPage(address) {
  return (await caches.open(PAGES)).match(address, { ignoreSearch: true, ignoreVary: true });
}

/** @param {Response} page @returns {KeptPage} */
export function noteOf(page) {
  return JSON.parse(decodeURIComponent(page.headers.get(NOTE) ?? "null"));
}

/** What lies here, without the page that says so. @returns {Promise<KeptPage[]>} */
export async function keptPages() {
  const cache = await caches.open(PAGES);
  const pages = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  return pages.flatMap((page) => (page ? [noteOf(page)] : [])).filter(({ address }) => address !== OFFLINE_PAGE);
}

/** @param {string} address */
export async function dropPage(address) {
  await (await caches.open(PAGES)).delete(address);
  await dropUnusedFiles();
}

/** Files that no kept page names go. Not while a page is open that may still ask for its own. */
export async function dropUnusedFiles() {
  await alone(dropUnused);
}

async function dropUnused() {
  const offline = await keptPage(OFFLINE_PAGE);
  const pages = [...(await keptPages()), ...(offline ? [noteOf(offline)] : [])];
  const used = new Set(pages.flatMap(({ files }) => files));
  await dropWhere(FILES, (address) => !used.has(address));
}

/** @param {string} name of a cache @param {(address: string) => boolean} isUnused */
export async function dropWhere(name, isUnused) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    if (isUnused(new URL(request.url).pathname)) await cache.delete(request);
  }
}

/** Bytes in a cache, of some addresses or of all. @param {string} name @param {Set<string>} [wanted] */
export async function sizeOf(name, wanted) {
  const cache = await caches.open(name);
  let size = 0;
  for (const request of await cache.keys()) {
    if (wanted && !wanted.has(new URL(request.url).pathname)) continue;
    const reply = await cache.match(request);
    size += (reply && (await reply.blob()).size) || 0;
  }
  return size;
}
