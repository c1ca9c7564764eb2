/**
 * How many phones read Makkelijk or use Luister is counted for the region, once a quarter, beside nobody.
 * It goes on a day that chance chooses, without cookies, so that it fits no lesson and no person.
 *
 * @typedef {{quarter: string, told: string[], waiting: string[], after: number}} Uses
 */

const PLACE = "gebruik";
const AT_MOST = 5 * 24 * 3600 * 1000; // ms that chance may let it wait
const now = new Date();
const QUARTER = `${now.getFullYear()}-${Math.floor(now.getMonth() / 3)}`;

/** @returns {Uses | null} null where the phone refuses storage: then nothing is counted */
function readUses() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    return kept?.quarter === QUARTER ? kept : { quarter: QUARTER, told: [], waiting: [], after: 0 };
  } catch {
    return null;
  }
}

/** @param {Uses} uses */
function writeUses(uses) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(uses));
  } catch {
    /* full: this phone is not counted */
  }
}

/** @param {string[]} what */
function countUses(...what) {
  const uses = readUses();
  const fresh = what.filter((word) => !uses?.told.includes(word) && !uses?.waiting.includes(word));
  if (!uses || !fresh.length) return;
  uses.waiting.push(...fresh);
  uses.after ||= Date.now() + Math.random() * AT_MOST;
  writeUses(uses);
}

async function tellUses() {
  const uses = readUses();
  if (!uses?.waiting.length || Date.now() < uses.after || !navigator.onLine) return;
  const wat = uses.waiting;
  writeUses({ ...uses, told: [...uses.told, ...wat], waiting: [], after: 0 }); // rather not counted than twice
  await fetch("/gebruik/", { method: "POST", body: JSON.stringify({ wat }), credentials: "omit" }).catch(() => null);
}

/** What a lesson that was finished left here (modules/player.js): the text that was read, and 'luister'. */
function takeFinished() {
  try {
    const [variant, ...rest] = (localStorage.getItem("af") ?? "").split(" ").filter(Boolean);
    localStorage.removeItem("af");
    if (variant) countUses("les", variant === "standaard" ? "gewoon" : "makkelijk", ...rest);
  } catch {
    /* storage is refused: then nothing is counted */
  }
}

takeFinished();
tellUses();
