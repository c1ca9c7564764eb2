/** How far an uploaded package is: asked again as long as a worker is busy, and seldom while it waits for someone. */

const OFTEN = 1500;
const SELDOM = 30000;

class KwH5pImport extends HTMLElement {
  connectedCallback() {
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  plan() {
    const wait = this.firstElementChild?.getAttribute("data-ask");
    if (wait) this.timer = setTimeout(() => this.ask(), wait === "often" ? OFTEN : SELDOM);
  }

  async ask() {
    if (!document.hidden && !this.contains(document.activeElement)) {
      try {
        const reply = await fetch(this.dataset.state ?? "", { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (reply.ok) this.innerHTML = await reply.text();
      } catch {
        // no signal: what stands there stays, and it is asked again
      }
    }
    this.plan();
  }
}

customElements.define("kw-h5p-import", KwH5pImport);
