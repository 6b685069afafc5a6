/** The panes beside the talk: which of them is open where there is no space for all, and the forms that they hold. */
import { hush, label, say, short } from './i18n.js';
import { currentName, isName, takeName } from './place.js';
import { roomNamed } from './room-name.js';

const PANES = ['rooms', 'panel'];

export class Panes {
  #root;

  /** @param renamed () after the reader took another name; go(room) enters a room */
  constructor(root, { renamed, go }) {
    this.#root = root;
    for (const pane of PANES) this.#byId(`${pane}-toggle`).addEventListener('click', () => this.#toggle(pane));
    this.#byId('name').value = currentName();
    this.#form('place', 'name', name => (isName(name) ? null : { key: 'name.error' }), name => {
      takeName(name);
      renamed();
    });
    this.#form('go', 'go-room', name => roomNamed(name).fault, (name, field) => {
      field.value = '';
      hush(this.#byId('room-becomes'));
      go(roomNamed(name).room);
    });
    this.#byId('go-room').addEventListener('input', ({ target }) => this.#preview(target.value.trim()));
  }

  /** Closes what lies over the talk where space is short. */
  fold() {
    PANES.forEach(pane => this.#set(pane, false));
  }

  /** Shows how much is unread where the list of rooms is hidden for lack of space. */
  showUnread(count) {
    const { dataset } = this.#byId('rooms-toggle');
    const words = this.#byId('rooms-unread');
    if (count > 0) {
      dataset.unread = short(count);
      say(words, 'rooms.unread', { count });
    } else {
      delete dataset.unread;
      hush(words);
    }
  }

  #byId(id) {
    return this.#root.getElementById(id);
  }

  /** @param check (value) => what is wrong with it, as a filling, or nothing; the complaint stands until the field changes */
  #form(id, fieldId, check, take) {
    const field = this.#byId(fieldId);
    const error = this.#byId(`${id}-error`);
    const complain = fault => {
      field.setAttribute('aria-invalid', String(Boolean(fault)));
      if (fault) say(error, fault.key, fault);
      else hush(error);
    };
    field.addEventListener('input', () => complain(null));
    this.#byId(id).addEventListener('submit', event => {
      event.preventDefault();
      const value = field.value.trim();
      const fault = check(value);
      complain(fault);
      if (!fault) take(value, field);
    });
  }

  /** Shows which room a name opens, where that is another one than was written. */
  #preview(written) {
    const { room } = roomNamed(written);
    if (room === undefined || room === written) hush(this.#byId('room-becomes'));
    else say(this.#byId('room-becomes'), 'room.becomes', { room });
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
