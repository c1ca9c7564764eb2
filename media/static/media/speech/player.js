/**
 * Reads a screen aloud, sentence by sentence: the server's clip, else the phone's own Dutch voice, else it says once
 * that it cannot and goes on with what it can. Clips marked low come after the phone's voice.
 *
 * @typedef {import("media/speech/sentences.js").Sentence} Sentence
 * @typedef {import("media/speech/button.js").KwSpeech} KwSpeech
 */

import { beginning, linesOnScreen, sheetOnTop } from "media/speech/lines.js";
import { clipOf, soundsHere } from "media/speech/sounds.js";
import { sentencesOf } from "media/speech/sentences.js";
import { hush, sayAloud, voiceOf, voicesLoaded } from "media/speech/voice.js";
import { Marker } from "media/speech/mark.js";
import { follow } from "media/speech/follow.js";
import { isSlow, keepSlow, rateOf } from "media/speech/pace.js";
import { Controls, dress } from "media/speech/controls.js";

const LATE = 1500; // ms after which waiting wants a word

/** The style of the player, once per page. @param {string} address @returns {Promise<unknown>} */
function styled(address) {
  if (document.querySelector("link[data-player-style]")) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  link.dataset.playerStyle = "";
  const done = new Promise((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  return done;
}

/** Whether a sentence is missed when it is not said; a lone number is not, nor a word in another language. @param {Sentence} sentence */
function hasWords({ line, from, to }) {
  return line.language === "nl" && /\p{L}{2}/u.test(line.text.slice(from, to));
}

class Player {
  /** @param {HTMLAudioElement} audio */
  constructor(audio) {
    this.audio = audio;
    this.turn = 0; // what was begun in an earlier turn does not go on
    this.at = 0;
    this.paused = false;
    this.slow = isSlow();
    /** @type {Sentence["words"][number] | undefined} */
    this.word = undefined;
    /** @type {Sentence[]} */
    this.sentences = [];
    /** @type {WeakSet<Element>} */
    this.heard = new WeakSet();
    /** @type {KwSpeech | null} the button of what is being read */
    this.speech = null;
    /** @type {KwSpeech | null} where a message may still stand */
    this.last = null;
    this.controls = new Controls({
      pause: () => (this.paused ? this.goOn() : this.pause()),
      again: () => this.run(this.at),
      slower: () => this.changePace(),
    });
    this.listen();
  }

  /** What ends a reading: another step, text or page, an answer, and Escape. */
  listen() {
    const begin = () => {
      this.stop();
      this.last?.tell("");
      this.heard = new WeakSet();
    };
    for (const name of ["kw-step", "kw-variant"]) document.addEventListener(name, begin);
    for (const name of ["kw-answer", "pagehide"]) addEventListener(name, () => this.stop());
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
  }

  /** @param {KwSpeech} speech @param {string} look the address of the style */
  async start(speech, look) {
    this.stop();
    const turn = ++this.turn;
    this.speech = this.last = speech;
    this.sheet = sheetOnTop();
    this.showOn(true);
    const late = setTimeout(() => turn === this.turn && speech.tell("Het geluid komt zo."), LATE);
    const [find] = await Promise.all([soundsHere(), voicesLoaded(), styled(look)]);
    clearTimeout(late);
    if (turn !== this.turn) return;
    speech.tell("");
    this.marker = new Marker();
    this.lines = linesOnScreen(this.sheet);
    this.sentences = this.lines.slice(beginning(this.lines, this.heard)).flatMap((line) => sentencesOf(line, find));
    this.controls.show(this.sheet ?? null, this.slow);
    this.run(0);
  }

  /** Say the sentences from this one on. @param {number} first */
  async run(first) {
    this.quiet();
    const turn = ++this.turn;
    this.paused = false;
    this.controls.showPaused(false);
    this.watch(turn);
    for (this.at = first; this.at < this.sentences.length; this.at++) {
      const sentence = this.sentences[this.at];
      if (!sentence.line.isShown) continue;
      this.marker?.sentence(sentence.line, sentence.from, sentence.to);
      follow(sentence.line.range(sentence.from, sentence.to), sentence.line.element);
      const said = await this.say(sentence);
      if (turn !== this.turn) return;
      if (!said && hasWords(sentence)) this.speech?.tell("Kan nu niet voorlezen.");
    }
    for (const { element } of this.lines ?? []) this.heard.add(element);
    this.stop();
  }

  /** By clip or voice, the better one first. @param {Sentence} sentence @returns {Promise<boolean>} whether it was said */
  async say(sentence) {
    const turn = this.turn;
    const byVoice = !sentence.clip || (sentence.clip.low && voiceOf(sentence.line.language));
    for (const voiced of byVoice ? [true, false] : [false, true]) {
      const said = await (voiced ? this.sayByVoice(sentence) : this.playClip(sentence));
      if (said || turn !== this.turn) return said;
    }
    return false;
  }

  /** @param {Sentence} sentence */
  async sayByVoice({ line, from, to }) {
    this.byClip = false;
    const voice = voiceOf(line.language);
    return voice ? sayAloud(line.text.slice(from, to), voice, rateOf(this.slow)) : false;
  }

  /** @param {Sentence} sentence @returns {Promise<boolean>} */
  async playClip({ clip }) {
    const { audio, turn } = this;
    if (!clip) return false;
    const address = await clipOf(clip.key, audio).catch(() => "");
    if (!address || turn !== this.turn) return false;
    const next = this.sentences[this.at + 1]?.clip;
    if (next) clipOf(next.key, audio).catch(() => {}); // so that it is there in time
    return new Promise((resolve) => {
      audio.onended = () => resolve(true);
      audio.onerror = () => resolve(false);
      audio.src = address;
      audio.preservesPitch = true;
      audio.playbackRate = audio.defaultPlaybackRate = rateOf(this.slow);
      this.byClip = true;
      audio.play().catch((problem) => problem.name === "AbortError" || resolve(false));
    });
  }

  /** Every frame: mark the word, and see whether a sheet opened or the line went. @param {number} turn */
  watch(turn) {
    requestAnimationFrame(() => {
      if (turn !== this.turn) return;
      const sentence = this.sentences[this.at];
      if (sheetOnTop() !== this.sheet || (sentence && !sentence.line.isShown)) return this.stop();
      if (this.byClip && sentence) this.markWord(sentence);
      this.watch(turn);
    });
  }

  /** @param {Sentence} sentence */
  markWord({ line, words }) {
    const now = this.audio.currentTime * 1000;
    const word = words.findLast(([, , from]) => from <= now);
    if (!word || word === this.word) return;
    this.word = word;
    this.marker?.word(line, word[0], word[1]);
    follow(line.range(word[0], word[1]), line.element);
  }

  /** A voice cannot hold: its sentence begins again afterwards. */
  pause() {
    this.paused = true;
    this.controls.showPaused(true);
    if (this.byClip) return this.audio.pause();
    this.turn++;
    hush();
  }

  goOn() {
    if (!this.byClip) return void this.run(this.at);
    this.paused = false;
    this.controls.showPaused(false);
    this.audio.play().catch(() => this.run(this.at));
  }

  /** Slower, or as usual again; the pitch stays. */
  changePace() {
    this.slow = !this.slow;
    keepSlow(this.slow);
    this.controls.showSlow(this.slow);
    this.audio.playbackRate = this.audio.defaultPlaybackRate = rateOf(this.slow);
    if (!this.byClip && !this.paused) this.run(this.at);
  }

  /** Nothing sounds any more; what waited for it is let go. */
  quiet() {
    this.turn++;
    this.word = undefined;
    this.byClip = false;
    this.audio.pause();
    this.audio.onended = this.audio.onerror = null;
    hush();
  }

  stop() {
    if (!this.speech) return;
    this.quiet();
    this.marker?.clear();
    this.showOn(false);
    this.controls.hide(/** @type {HTMLElement} */ (this.speech.button));
    this.speech = null;
  }

  /** @param {boolean} on */
  showOn(on) {
    const button = /** @type {HTMLButtonElement} */ (this.speech?.button);
    dress(button, on ? "stop" : "speaker", on ? "Stop" : "Luister");
    button.classList.toggle("is-on", on);
  }
}

/** @type {Player | undefined} */
let only;

/**
 * A press on Luister: read, or stop what is being read.
 * @param {KwSpeech} speech @param {HTMLAudioElement} audio @param {string} look @param {boolean} anew never stop
 */
export function press(speech, audio, look, anew) {
  only ??= new Player(audio);
  if (only.speech === speech && !anew) only.stop();
  else only.start(speech, look);
}
