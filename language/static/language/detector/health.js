/** Words about health, where a sentence is about someone. 'Wat is diabetes?' points to nobody. */

import { healthWord, ROLES } from "language/detector/lists.js";

const SOMEONE =
  /\b(?:ik (?:heb|ben|had|was|kreeg|slik)|mij|mijn|hij|zij|ze|hem|haar|mw|mevrouw|dhr|meneer|heeft|zus|broer|zoon|dochter|oma|opa|collega|buurman|buurvrouw|jongen|meisje)\b/i;

/** Whether a sentence is about someone. @param {string} sentence */
const isAbout = (sentence) => SOMEONE.test(sentence) || sentence.toLowerCase().split(/[^a-z]+/).some(ROLES.has);

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
    let about = isAbout(sentence);
    for (; names[next] < end; next++) about = true;
    if (about)
      for (const match of sentence.matchAll(healthWord))
        finds.push({ start: start + match.index, end: start + match.index + match[0].length });
    start = end;
  }
  return finds;
}
