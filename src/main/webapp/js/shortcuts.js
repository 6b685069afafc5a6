/** Keys for the whole chat, all with Ctrl or Alt so that no reader's own keys are taken; Ctrl+/ lists them. */
export class Shortcuts {
  #root;
  #doing;

  /** @param doing {search, messages, write, neighbour(step)} */
  constructor(root, doing) {
    this.#root = root;
    this.#doing = doing;
    root.getElementById('chat').addEventListener('keydown', event => this.#key(event));
    root.getElementById('help-button').addEventListener('click', () => this.#help());
  }

  #help() {
    this.#root.getElementById('help').showModal();
  }

  #key(event) {
    const control = event.ctrlKey || event.metaKey;
    const action = this.#action(event, control);
    // What is open closes by Escape itself, unless somebody takes the key away.
    if (action === null || this.#root.querySelector('dialog[open], :popover-open')) return;
    event.preventDefault();
    action();
  }

  #action({ code, key, altKey, target }, control) {
    if (control && code === 'Slash') return () => this.#help();
    if (control && code === 'KeyK') return this.#doing.search;
    if (altKey && key === 'ArrowUp') return () => this.#doing.neighbour(-1);
    if (altKey && key === 'ArrowDown') return () => this.#doing.neighbour(1);
    if (key === 'Escape') return target.localName === 'textarea' ? this.#doing.messages : this.#doing.write;
    return null;
  }
}
