/** reflectie: what is written stays on the phone, so nothing is an answer, here as on the server. */

/** @param {unknown} _key @param {unknown} _response @returns {null} */
export function gradeReflectie(_key, _response) {
  return null;
}
