/**
 * Luister: the phone's own Dutch voice reads what is on the screen, line by line.
 * Only a local voice will do: others stop after a while or read Dutch as English.
 * Without one the button stays hidden.
 */

import { all, one } from "lms/element.js";

const READABLE = "h1, h2, h3, h4, p, li, legend, figcaption, dt, dd, summary, .choice, label, .ask-card > .tag, .links > a";

/** @returns {SpeechSynthesisVoice | undefined} */
function dutchVoice() {
  return window.speechSynthesis?.getVoices().find((voice) => voice.lang.startsWith("nl") && voice.localService);
}

/** The lines on the screen, outer texts that hold others left out. @param {Element} root */
function linesToRead(root) {
  return all(root, READABLE).filter(
    (element) =>
      element.checkVisibility?.({ visibilityProperty: true }) !== false &&
      !element.closest(".vh, [aria-hidden=true]") &&
      !element.querySelector(READABLE) &&
      element.innerText.trim(),
  );
}

class KwSpeech extends HTMLElement {
  connectedCallback() {
    const button = one(this, "button");
    this.label = one(button, "span");
    const show = () => (this.hidden = !dutchVoice());
    show();
    window.speechSynthesis?.addEventListener("voiceschanged", show);
    button.addEventListener("click", () => (this.reading ? this.stop() : this.read()));
    addEventListener("pagehide", () => this.stop());
    document.addEventListener("kw-step", () => this.stop());
  }

  disconnectedCallback() {
    this.stop();
  }

  read() {
    const voice = dutchVoice();
    if (!voice) return;
    speechSynthesis.cancel();
    this.reading = true;
    this.show("Stop");
    this.next(linesToRead(this.closest("dialog") ?? one(document, "main")), voice);
  }

  /** One utterance per line: long ones are cut off on many phones. @param {HTMLElement[]} lines @param {SpeechSynthesisVoice} voice */
  next([line, ...rest], voice) {
    all(document, ".lit").forEach((element) => element.classList.remove("lit"));
    if (!line || !this.reading) return this.stop();
    const utterance = new SpeechSynthesisUtterance(line.innerText.trim());
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = utterance.onerror = () => this.reading && this.next(rest, voice);
    line.classList.add("lit");
    line.scrollIntoView({ block: "nearest" });
    speechSynthesis.speak(utterance);
  }

  stop() {
    if (!this.reading) return;
    this.reading = false;
    speechSynthesis.cancel();
    all(document, ".lit").forEach((element) => element.classList.remove("lit"));
    this.show("Luister");
  }

  /** @param {string} text */
  show(text) {
    if (this.label) this.label.textContent = text;
    one(this, "button").setAttribute("aria-pressed", String(text === "Stop"));
  }
}

customElements.define("kw-speech", KwSpeech);
