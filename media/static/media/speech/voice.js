/**
 * The phone's own voice, for what has no clip or when there is no signal. Only a local one of that language: others
 * stop after a while, need a connection, or read Dutch as English. One utterance per sentence; no boundary events, since many
 * phones send none; no pause(), which on Android is cancel().
 */

const VOICES_LATE = 600; // ms in which voices that come late may still come
const SLOWEST = 200; // ms per character at normal speed: some phones never say that they are done

/** @param {string} language two letters @returns {SpeechSynthesisVoice | undefined} */
export function voiceOf(language) {
  const fits = (/** @type {SpeechSynthesisVoice} */ voice) => voice.lang.slice(0, 2).toLowerCase() === language;
  return window.speechSynthesis?.getVoices().find((voice) => fits(voice) && voice.localService);
}

let hasWaited = false;

/** Voices may still be loading, the first time. */
export async function voicesLoaded() {
  if (hasWaited || !window.speechSynthesis || voiceOf("nl")) return;
  hasWaited = true;
  await new Promise((resolve) => {
    speechSynthesis.addEventListener?.("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICES_LATE);
  });
}

/**
 * Say a text; gives true when it was said to its end, false when the voice failed or was hushed.
 * @param {string} text @param {SpeechSynthesisVoice} voice @param {number} rate @returns {Promise<boolean>}
 */
export function sayAloud(text, voice, rate) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = rate;
    utterance.onend = () => resolve(true);
    utterance.onerror = () => resolve(false);
    setTimeout(() => resolve(true), 3000 + (text.length * SLOWEST) / rate);
    speechSynthesis.speak(utterance);
  });
}

export function hush() {
  window.speechSynthesis?.cancel();
}
