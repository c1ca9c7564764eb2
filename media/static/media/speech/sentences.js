/**
 * What is said in one go: a sentence of a line, with its clip where the server has one.
 *
 * @typedef {import("media/speech/lines.js").Line} Line
 * @typedef {import("media/speech/sounds.js").Clip} Clip
 * @typedef {(text: string) => Clip[] | undefined} Find
 * @typedef {{line: Line, from: number, to: number, clip: Clip | null, words: [number, number, number, number][]}} Sentence
 *   `words` are places in the line and times in its clip
 */

const SENTENCE = /[^\s★].*?(?:[.?!…]+[’”"')]*(?=\s+[\p{Lu}\p{N}‘“"'])|$)/gsu;

const PIECE = /[^\s·:][^·:]*:?/g;

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
 * What was put together of pieces with sound, '5 minuten · nog doen' or 'Eerst: Wat is AI?'; null when one has none.
 * @param {Line} line @param {number} from @param {string} text @param {Find} find @returns {Sentence[] | null}
 */
function inPieces(line, from, text, find) {
  const pieces = [...text.matchAll(PIECE)].filter(([piece]) => /[\p{L}\p{N}]/u.test(piece));
  const clips = pieces.map(([piece]) => find(piece.trim()) ?? find(piece.trim().replace(/:$/, "")));
  if (pieces.length < 2 || clips.includes(undefined)) return null;
  return pieces.flatMap(({ index }, number) => withClips(line, from + index, clips[number] ?? []));
}

/**
 * The sentences of a line: as the server cut it, else cut here.
 * @param {Line} line @param {Find} find @returns {Sentence[]}
 */
export function sentencesOf(line, find) {
  const whole = find(line.text);
  if (whole) return withClips(line, 0, whole);
  return [...line.text.matchAll(SENTENCE)].flatMap(({ 0: text, index: from }) => {
    const clips = find(text);
    if (clips) return withClips(line, from, clips);
    return inPieces(line, from, text, find) ?? [{ line, from, to: from + text.length, clip: null, words: [] }];
  });
}
