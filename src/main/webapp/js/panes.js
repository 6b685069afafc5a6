/** The panes beside the talk: which of them is open where there is no space for all, and the forms that they hold. */
import { label, say } from './i18n.js';
import { currentName, isName, isRoom, takeName } from './place.js';

const PANES = ['rooms', 'panel'];

export class Panes {
  #root;

  /** @param renamed () after the reader took another name; go(room) enters a room */
  constructor(root, { renamed, go }) {
    this.#root = root;
    for (const pane of PANES) this.#byId(`${pane}-toggle`).addEventListener('click', () => this.#toggle(pane));
    this.#byId('name').value = currentName();
    this.#form('place', 'name', isName, 'name.error', name => {
      takeName(name);
      renamed();
    });
    this.#form('go', 'go-room', isRoom, 'room.error', (room, field) => {
      field.value = '';
      go(room);
    });
  }

  /** Closes what lies over the talk where space is short. */
  fold() {
    PANES.forEach(pane => this.#set(pane, false));
  }

  #byId(id) {
    return this.#root.getElementById(id);
  }

  #form(id, fieldId, valid, complaint, take) {
    this.#byId(id).addEventListener('submit', event => {
      event.preventDefault();
      const field = this.#byId(fieldId);
      const error = this.#byId(`${id}-error`);
      const value = field.value.trim();
      field.setAttribute('aria-invalid', String(!valid(value)));
      if (!valid(value)) return say(error, complaint);
      delete error.dataset.words;
      error.textContent = '';
      take(value, field);
    });
  }

  #toggle(pane) {
    const open = !this.#byId('chat').classList.contains(`${pane}-open`);
    PANES.forEach(each => this.#set(each, each === pane && open));
  }

  #set(pane, open) {
    this.#byId('chat').classList.toggle(`${pane}-open`, open);
    const toggle = this.#byId(`${pane}-toggle`);
    toggle.setAttribute('aria-expanded', String(open));
    label(toggle, open ? `${pane}.hide` : `${pane}.show`);
  }
}
