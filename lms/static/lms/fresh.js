/** A part of a page that is looked at again every few seconds, until it says that it is over. */

class KwFresh extends HTMLElement {
  connectedCallback() {
    if (this.dataset.over === undefined) this.wait();
  }

  wait() {
    this.timer = setTimeout(() => this.look(), 1000 * Number(this.dataset.every));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    const next = document.hidden ? null : await this.newest();
    if (!next) return this.wait();
    if (next.innerHTML === this.innerHTML) return this.wait(); // nothing to hear twice
    if (next.dataset.over === undefined && this.contains(document.activeElement)) return this.wait();
    this.replaceWith(next);
  }

  /** The same part of the page as it is now; null without a connection. @returns {Promise<HTMLElement | null>} */
  async newest() {
    try {
      const reply = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!reply.ok || reply.redirected) return null;
      const found = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById(this.id);
      return found && document.importNode(found, true);
    } catch {
      return null;
    }
  }
}

customElements.define("kw-fresh", KwFresh);
