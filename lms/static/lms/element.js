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
  const digit = (/** @type {string} */ free) =>
    (+free ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+free / 4)))).toString(16);
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit); // the 4 stands, after the 8 two bits are free
}

/** Whether an element is shown in the chosen variant. @param {Element} element */
export function inVariant(element) {
  const own = element.getAttribute("data-v");
  return !own || own === document.documentElement.dataset.variant;
}
