/**
 * What is said in one go: a sentence of a line, with its clip where the server has one.
 *
 * @typedef {import("media/speech/lines.js").Line} Line
 * @typedef {import("media/speech/sounds.js").Clip} Clip
 * @typedef {{line: Line, from: number, to: number, clip: Clip | null, words: [number, number, number, number][]}} Sentence
 *   `words` are places in the line and times in its clip
 */

const SENTENCE = /\S.*?(?:[.?!…]+[’”"')]*(?=\s+[\p{Lu}\p{N}‘“"'])|$)/gsu;

/** @param {Line} line @param {number} from @param {Clip[]} clips @returns {Sentence[]} */
function withClips(line, from, clips) {
  return clips.map((clip) => ({
    line,
    from: from + clip.at[0],
    to: from + clip.at[1],
    clip,
    words: clip.words.map(([start, end, t0, t1]) => [from + start, from + end, t0, t1]),
  }));
}

/**
 * The sentences of a line: as the server cut it, else cut here.
 * @param {Line} line @param {(text: string) => Clip[] | undefined} find @returns {Sentence[]}
 */
export function sentencesOf(line, find) {
  const whole = find(line.text);
  if (whole) return withClips(line, 0, whole);
  return [...line.text.matchAll(SENTENCE)].flatMap(({ 0: text, index: from }) => {
    const clips = find(text);
    return clips ? withClips(line, from, clips) : [{ line, from, to: from + text.length, clip: null, words: [] }];
  });
}
