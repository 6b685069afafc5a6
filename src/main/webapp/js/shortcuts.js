/** Keyboard shortcuts, all with Ctrl or Alt so as not to collide with screen readers; Ctrl+/ lists them. */
/** Focus target of each pane, in F6 order. */
const PANES = { 'rooms-pane': '#rooms a[tabindex="0"]', scroller: null, composer: '#message-text', panel: 'input, button, select' };

export class Shortcuts {
  #root;
  #doing;

  /**
   * @param doing {search, messages, write, neighbour(step)}
   * @param signal removes the listeners
   */
  constructor(root, doing, signal) {
    this.#root = root;
    this.#doing = doing;
    // The page handles all keys, the embedded chat only those within it.
    const within = root === document ? document : root.getElementById('chat');
    within.addEventListener('keydown', event => this.#key(event), { signal });
    root.getElementById('help-button').addEventListener('click', () => this.#help());
  }

  #help() {
    this.#root.getElementById('help').showModal();
  }

  /** Focuses the pane after (1) or before (-1) the current one. */
  #pane(step) {
    const panes = Object.keys(PANES).map(id => this.#root.getElementById(id)).filter(pane => pane.checkVisibility());
    const at = panes.findIndex(pane => pane.contains(this.#root.activeElement));
    const pane = panes.at(((at < 0 && step < 0 ? 0 : at) + step) % panes.length);
    if (PANES[pane.id] === null) this.#doing.messages();
    else pane.querySelector(PANES[pane.id])?.focus();
  }

  #key(event) {
    const control = event.ctrlKey || event.metaKey;
    const action = this.#action(event, control);
    // Dialogs and popovers handle Escape themselves.
    if (action === null || this.#root.querySelector('dialog[open], :popover-open')) return;
    // A letter is typed into the field focused by the action.
    if (action !== this.#doing.write || event.key === 'Escape') event.preventDefault();
    action();
  }

  #action({ code, key, altKey, shiftKey, target }, control) {
    if (key === 'F6' && !control && !altKey) return () => this.#pane(shiftKey ? -1 : 1);
    const isUnfocused = target === document.body && !control && !altKey;
    if (control && code === 'Slash') return () => this.#help();
    if (control && code === 'KeyK') return this.#doing.search;
    if (altKey && key === 'ArrowUp') return () => this.#doing.neighbour(-1);
    if (altKey && key === 'ArrowDown') return () => this.#doing.neighbour(1);
    if (isUnfocused && [...key].length === 1 && key !== ' ') return this.#doing.write;
    if (key === 'Escape') return target.localName === 'textarea' ? this.#doing.messages : this.#doing.write;
    return null;
  }
}
