// Lets node find "room/file.js" where the browser does: room/static/room/file.js.
const ROOT = new URL("../../", import.meta.url);
const ROOMS = new Set(["lms", "language", "learning", "modules", "assessments"]);

export async function resolve(specifier, context, next) {
  const room = specifier.split("/")[0];
  if (!ROOMS.has(room)) return next(specifier, context);
  return { url: new URL(`${room}/static/${specifier}`, ROOT).href, format: "module", shortCircuit: true };
}

export async function load(url, context, next) {
  return next(url, url.includes("/static/") ? { ...context, format: "module" } : context);
}
