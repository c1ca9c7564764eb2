/** Statements that are stored meanwhile, on top of the list; and how far a file with statements is. */

const FOLLOW = 4000;
const STATE = 1500;

/** @param {string} address */
async function rows(address) {
  const reply = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!reply.ok) throw new Error(String(reply.status));
  return { text: await reply.text(), after: reply.headers.get("X-After") ?? "" };
}

class KwFollow extends HTMLElement {
  count = 0;

  connectedCallback() {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => this.turn());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  turn() {
    const button = this.querySelector("button");
    const on = button?.getAttribute("aria-pressed") !== "true";
    button?.setAttribute("aria-pressed", String(on));
    clearTimeout(this.timer);
    if (on) this.ask();
  }

  async ask() {
    if (!document.hidden) {
      try {
        const found = await rows(`${this.dataset.address}&after=${this.dataset.after}`);
        this.show(found.text);
        this.dataset.after = found.after;
      } catch {
        // no signal: it is asked again from the same place
      }
    }
    if (this.querySelector("button")?.getAttribute("aria-pressed") === "true") {
      this.timer = setTimeout(() => this.ask(), FOLLOW);
    }
  }

  /** @param {string} text */
  show(text) {
    const made = document.createElement("template");
    made.innerHTML = text;
    const list = document.querySelector("#statements");
    const known = new Set([...(list?.children ?? [])].map((row) => row.getAttribute("data-id")));
    const fresh = [...made.content.children].filter((row) => !known.has(row.getAttribute("data-id")));
    if (!fresh.length) return;
    list?.prepend(...fresh);
    this.count += fresh.length;
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = `${this.count} erbij`;
  }
}

class KwExport extends HTMLElement {
  connectedCallback() {
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  plan() {
    if (this.querySelector("[data-ask]")) this.timer = setTimeout(() => this.ask(), STATE);
  }

  async ask() {
    if (!document.hidden) {
      try {
        this.innerHTML = (await rows(this.dataset.state ?? "")).text;
      } catch {
        // no signal: what stands there stays, and it is asked again
      }
    }
    this.plan();
  }
}

customElements.define("kw-follow", KwFollow);
customElements.define("kw-export", KwExport);
