/** Emoji picker for reactions and messages. */
import { make } from './elements.js';

const ALL = '👍 ❤️ 😄 😂 🙂 😉 😍 🤔 😮 😢 😡 🙏 👏 🎉 🔥 ✅ ❌ ⭐ 💡 👀 👋 💪 🤝 🫡 ☕ 🍞 🌲 🌊 🔔 📌 🚀 ❓'.split(' ');
const COLUMNS = 8;

export class EmojiPicker {
  #popover;
  #chosen = null;

  /** @param popover the element with attribute popover and role grid */
  constructor(popover) {
    this.#popover = popover;
    popover.append(...rows(ALL.map(emoji => this.#button(emoji))));
    popover.addEventListener('keydown', event => this.#steer(event));
  }

  /** Opens beside an anchor; chosen(emoji) is called at most once. */
  open(anchor, chosen) {
    this.#chosen = chosen;
    this.#popover.showPopover();
    place(this.#popover, anchor);
    this.#buttons[0].focus();
  }

  get #buttons() {
    return [...this.#popover.querySelectorAll('button')];
  }

  #button(emoji) {
    const button = make('button', { type: 'button', class: 'emoji', tabIndex: -1 }, emoji);
    button.addEventListener('click', () => {
      this.#popover.hidePopover();
      this.#chosen?.(emoji);
      this.#chosen = null;
    });
    return button;
  }

  #steer(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = this.#buttons;
    const at = buttons.indexOf(event.target);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))].focus();
  }
}

function rows(buttons) {
  const made = [];
  for (let at = 0; at < buttons.length; at += COLUMNS) {
    const cells = buttons.slice(at, at + COLUMNS).map(button => make('span', { role: 'gridcell' }, button));
    made.push(make('div', { role: 'row', class: 'emoji-row' }, ...cells));
  }
  return made;
}

/** Places a popover beside an anchor, within the viewport. */
export function place(popover, anchor) {
  const near = anchor.getBoundingClientRect();
  const own = popover.getBoundingClientRect();
  const left = Math.max(8, Math.min(near.left, innerWidth - own.width - 8));
  const above = near.top - own.height - 6;
  const top = above >= 8 ? above : Math.min(near.bottom + 6, innerHeight - own.height - 8);
  popover.style.left = `${left}px`;
  popover.style.top = `${Math.max(8, top)}px`;
}
