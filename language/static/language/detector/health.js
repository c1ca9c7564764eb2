/** Words about health, where a sentence is about someone. 'Wat is diabetes?' points to nobody. */

import { HEALTH, ROLES } from "language/detector/words.js";

const ILL = new RegExp(`\\b(?:${HEALTH.trim().split(/\s+/).join("|")})[a-z-]{0,24}`, "gi");
const SOMEONE = new RegExp(
  `\\b(?:ik (?:heb|ben|had|was|kreeg|slik)|mij|mijn|hij|zij|ze|hem|haar|mw|mevrouw|dhr|meneer|heeft|zus|broer|zoon|dochter|oma|opa|collega|buurman|buurvrouw|jongen|meisje|${[...ROLES].join("|")})\\b`,
  "i",
);

/**
 * @param {string} plain
 * @param {number[]} names where names stand
 * @returns {{start: number, end: number}[]}
 */
export function findHealth(plain, names) {
  const finds = [];
  let start = 0;
  let next = 0;
  for (const sentence of plain.match(/[^.!?\n]*[.!?\n]?/g) ?? []) {
    const end = start + sentence.length;
    let about = SOMEONE.test(sentence);
    for (; names[next] < end; next++) about = true;
    if (about)
      for (const match of sentence.matchAll(ILL))
        finds.push({ start: start + match.index, end: start + match.index + match[0].length });
    start = end;
  }
  return finds;
}
