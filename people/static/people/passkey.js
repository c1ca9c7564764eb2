/**
 * Passkeys (WebAuthn level 3): makes one, or signs with one, and sends what came of it with the form around it.
 * Without this script or in a browser without passkeys the element stays hidden; a code or password goes on working.
 */

import { one } from "lms/element.js";

const FAILED = "Dat lukte niet. Probeer het opnieuw, of neem een andere manier.";

class KwPasskey extends HTMLElement {
  connectedCallback() {
    if (!("PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential)) return;
    this.hidden = false;
    one(this, "button").addEventListener("click", () => this.use());
  }

  async use() {
    const form = /** @type {HTMLFormElement} */ (one(this, "form"));
    try {
      const asked = await this.options();
      const found = /** @type {PublicKeyCredential | null} */ (
        this.dataset.make ? await make(asked.publicKey) : await sign(asked.publicKey)
      );
      /** @type {HTMLInputElement} */ (one(form, "[name=credential]")).value = JSON.stringify(found?.toJSON());
      form.submit();
    } catch {
      one(this, "[role=status]").textContent = FAILED;
    }
  }

  /** What the server asks: on the page, or fetched at the press so that it is fresh. */
  async options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const reply = await fetch(this.dataset.from ?? "", { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error(String(reply.status));
    return (await reply.json()).request_options;
  }
}

/** A key that lives on the device and asks for the finger, face or PIN: two steps in one. @param {any} asked */
function make(asked) {
  asked.authenticatorSelection = {
    ...asked.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
}

/** @param {any} asked */
function sign(asked) {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
}

customElements.define("kw-passkey", KwPasskey);
