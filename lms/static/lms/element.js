/** Small helpers that every element uses. */

/**
 * The first element that fits, which must be there.
 * @param {ParentNode} root @param {string} selector @returns {HTMLElement}
 */
export function one(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`missing: ${selector}`);
  return found;
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * The first element of a template in the page, copied.
 * @param {string} id @returns {HTMLElement}
 */
export function fromTemplate(id) {
  const template = /** @type {HTMLTemplateElement} */ (one(document, `template#${id}`));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/**
 * What stands in an element, copied: both variants, so that switching works in the copy too.
 * @param {Element | null | undefined} element
 */
export function copiesOf(element) {
  return [...(element?.childNodes ?? [])].map((node) => node.cloneNode(true));
}

/** A version 4 UUID, also where the page came over plain http. @returns {string} */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** Whether an element is shown in the chosen variant. @param {Element} element */
export function inVariant(element) {
  const own = element.getAttribute("data-v");
  return !own || own === document.documentElement.dataset.variant;
}
