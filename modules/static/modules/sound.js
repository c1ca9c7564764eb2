/** How far the sound of a lesson is: asked again every few seconds, as long as something is being made. */

const OFTEN = 3000;
const SELDOM = 30000; // someone may put the lesson online in another window

class KwSound extends HTMLElement {
  connectedCallback() {
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    if (!document.hidden) {
      try {
        const reply = await fetch(this.dataset.state ?? "", { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (reply.ok) this.innerHTML = await reply.text();
      } catch {
        // no signal: what stands there stays, and it is asked again
      }
    }
    const isBusy = this.querySelector("[data-busy]") !== null;
    this.timer = setTimeout(() => this.ask(), isBusy ? OFTEN : SELDOM);
  }
}

customElements.define("kw-sound", KwSound);
