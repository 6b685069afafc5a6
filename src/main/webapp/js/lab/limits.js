/** What this server takes of a visitor of the lab; asked once. */
let asked = null;

export function limits() {
  asked ??= fetch('lab.json').then(answer => answer.json());
  return asked;
}
