/**
 * In the frame: plays one package, and tells the page around it what happens. It has no origin, no cookies and no storage
 * (docs/explanation/h5p.md). It speaks to the page around it only, in messages that say `kw: "h5p"`:
 * out: ready, started, failed, height, statement, state; in: start (with what was kept), save.
 */

const playerScript = /** @type {HTMLScriptElement} */ (document.currentScript);
const CONTENT = "1";
const SAVE_SECONDS = 5;
/** @type {any} the globals that H5P makes */
const here = window;

/** @param {Record<string, unknown>} message */
function tell(message) {
  parent.postMessage({ kw: "h5p", ...message }, location.origin);
}

/** What content finds in place of storage and cookies: they would fail here, and much of it does not expect that. */
function forgetfulStorage() {
  /** @type {Record<string, any>} */
  const kept = {};
  const storage = {
    getItem: (/** @type {string} */ name) => kept[name] ?? null,
    setItem: (/** @type {string} */ name, /** @type {unknown} */ value) => void (kept[name] = String(value)),
    removeItem: (/** @type {string} */ name) => void delete kept[name],
    clear: () => Object.keys(kept).forEach((name) => delete kept[name]),
  };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: storage, configurable: true });
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
}

/** What the learner was busy with, as H5P wants it: of the whole under 0, of parts under their own id.
 * @param {unknown} kept @returns {Record<string, Record<string, string>> | undefined} */
function asUserData(kept) {
  return typeof kept === "object" && kept ? /** @type {any} */ (kept) : undefined;
}

/** @param {{state?: unknown}} given */
async function start({ state }) {
  const base = location.pathname.replace(/\/[^/]*$/, "");
  here.H5PIntegration = { saveFreq: SAVE_SECONDS, siteUrl: location.origin };
  const userData = asUserData(state);
  await new here.H5PStandalone.H5P(document.querySelector("main"), {
    id: CONTENT,
    h5pJsonPath: base,
    frameJs: playerScript.dataset.core,
    frameCss: playerScript.dataset.style,
    embedType: "div",
    preventH5PInit: false, // it waits: the first statement comes while it begins
    frame: false,
    icon: false,
    fullScreen: false,
    saveFreq: SAVE_SECONDS,
    xAPIObjectIRI: `${location.origin}/h5p`,
    contentUserData: userData,
  });
  const { H5P } = here;
  if (!H5P?.init) throw new Error("no player");
  H5P.externalDispatcher.on("xAPI", (/** @type {any} */ event) => {
    tell({ type: "statement", statement: JSON.parse(JSON.stringify(event.data.statement)) });
  });
  H5P.setUserData = (/** @type {string} */ _content, /** @type {string} */ name, /** @type {unknown} */ data, /** @type {any} */ options) => {
    tell({ type: "state", part: String(options?.subContentId ?? 0), name, data: JSON.stringify(data) });
  };
  H5P.preventInit = false;
  H5P.init(document.body);
  if (!H5P.instances?.length) throw new Error("nothing to play");
  tell({ type: "started" });
}

/** What the content is now, before the page goes. */
function save() {
  for (const instance of here.H5P?.instances ?? []) {
    const state = instance.getCurrentState?.();
    if (state !== undefined) here.H5P.setUserData(CONTENT, "state", state);
  }
}

addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== location.origin || event.data?.kw !== "h5p") return;
  if (event.data.type === "save") save();
  if (event.data.type === "start" && !here.H5PIntegration) {
    start(event.data).catch((error) => tell({ type: "failed", why: String(error).slice(0, 200) }));
  }
});
addEventListener("error", (event) => {
  const { target } = event;
  if (target instanceof HTMLScriptElement && target.src.startsWith(location.origin)) tell({ type: "failed", why: `${target.src} does not load` });
}, true);
document.addEventListener("visibilitychange", () => document.hidden && save());
const main = /** @type {HTMLElement} */ (document.querySelector("main"));
new ResizeObserver(() => tell({ type: "height", height: Math.ceil(main.getBoundingClientRect().height) })).observe(main);
forgetfulStorage();
tell({ type: "ready" });
