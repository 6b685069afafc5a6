/** Limits of the lab, loaded once. */
let asked = null;

export function limits() {
  asked ??= fetch('lab.json').then(answer => answer.json());
  return asked;
}
