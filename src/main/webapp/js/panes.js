/** The side panes and their forms. */
import { clearText, label, setText, short } from './i18n.js';
import { currentName, isName, saveName } from './place.js';
import { roomNamed } from './room-name.js';

const PANES = ['rooms', 'panel'];

export class Panes {
  #root;

  /** @param renamed () after the name has changed; go(room) enters a room */
  constructor(root, { renamed, go }) {
    this.#root = root;
    for (const pane of PANES) this.#byId(`${pane}-toggle`).addEventListener('click', () => this.#toggle(pane));
    this.#byId('name').value = currentName();
    this.#form('place', 'name', name => (isName(name) ? null : { key: 'name.error' }), name => {
      saveName(name);
      renamed();
    });
    this.#form('go', 'go-room', name => roomNamed(name).fault, (name, field) => {
      field.value = '';
      clearText(this.#byId('room-becomes'));
      go(roomNamed(name).room);
    });
    this.#byId('go-room').addEventListener('input', ({ target }) => this.#preview(target.value.trim()));
  }

  /** Closes panes that cover the messages on small screens. */
  fold() {
    PANES.forEach(pane => this.#set(pane, false));
  }

  /** Shows the unread count while the list of rooms is hidden. */
  showUnread(count) {
    const { dataset } = this.#byId('rooms-toggle');
    const text = this.#byId('rooms-unread');
    if (count > 0) {
      dataset.unread = short(count);
      setText(text, 'rooms.unread', { count });
    } else {
      delete dataset.unread;
      clearText(text);
    }
  }

  #byId(id) {
    return this.#root.getElementById(id);
  }

  /** @param check (value) => the error as {key, …values}, or nothing; it is shown until the field changes */
  #form(id, fieldId, check, take) {
    const field = this.#byId(fieldId);
    const error = this.#byId(`${id}-error`);
    const showError = fault => {
      field.setAttribute('aria-invalid', String(Boolean(fault)));
      if (fault) setText(error, fault.key, fault);
      else clearText(error);
    };
    field.addEventListener('input', () => showError(null));
    this.#byId(id).addEventListener('submit', event => {
      event.preventDefault();
      const value = field.value.trim();
      const fault = check(value);
      showError(fault);
      if (!fault) take(value, field);
    });
  }

  /** Shows which room the input opens, if that differs. */
  #preview(input) {
    const { room } = roomNamed(input);
    if (room === undefined || room === input) clearText(this.#byId('room-becomes'));
    else setText(this.#byId('room-becomes'), 'room.becomes', { room });
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
