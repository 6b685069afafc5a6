/**
 * Message actions: a toolbar at the message under the pointer or with the focus, and shortcuts while a message has the
 * focus: R reply, E edit, Delete, + react, M moderate.
 */
import { icon, make } from './elements.js';
import { label } from './i18n.js';

/** How far the pointer may move between press and release, about half a button. */
const CANCEL_PX = 24;
/** Reactions in the toolbar. */
const QUICK = ['👍', '❤️', '😄'];

const REPLY = 'M10 8 5 12l5 4M5 12h9a5 5 0 0 1 5 5v1';
const EDIT = 'm5 19 1-4L16 5l3 3L9 18zM14 7l3 3';
const DELETE = 'M5 7h14M9 7V5h6v2M7 7l1 12h8l1-12M11 11v5M13 11v5';
const MORE = 'M12 4 5 7v5c0 4 3 6.500 7 8 4-1.500 7-4 7-8V7z';
const SMILE = 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M9 10h.01M15 10h.01M8.500 14c2 2.500 5 2.500 7 0';

export class Actions {
  #list;
  #doing;
  #may;
  #bar;
  #message = null;
  #buttons = {};

  /**
   * @param feed the element of the messages; list its MessageList; doing {react, pick, reply, edit, remove, moderate},
   *   called with a message (pick and moderate also with the button); may {own(message), remove, moderate}
   */
  constructor({ feed, list, doing, may }) {
    this.#list = list;
    this.#doing = doing;
    this.#may = may;
    this.#bar = this.#toolbar();
    feed.addEventListener('pointerover', ({ target, pointerType }) => pointerType === 'mouse' && this.#attach(target.closest('article')));
    feed.addEventListener('focusin', ({ target }) => this.#attach(target.closest('article')));
    feed.addEventListener('pointerleave', () => this.#detach());
    feed.addEventListener('focusout', ({ relatedTarget }) => feed.contains(relatedTarget) || this.#detach());
    feed.addEventListener('keydown', event => this.#key(event));
  }

  #toolbar() {
    const bar = make('div', { class: 'actions', role: 'toolbar' });
    label(bar, 'actions');
    bar.append(...QUICK.map(emoji => {
      const button = make('button', { type: 'button', class: 'emoji' }, emoji);
      label(button, 'actions.react-with', { emoji });
      button.addEventListener('click', () => this.#doing.react(this.#message, emoji));
      return button;
    }));
    for (const [name, path] of Object.entries({ pick: SMILE, reply: REPLY, edit: EDIT, remove: DELETE, moderate: MORE })) {
      const button = make('button', { type: 'button', 'data-action': name }, icon(path));
      label(button, `actions.${name}`);
      button.addEventListener('click', () => this.#doing[name](this.#message, button));
      this.#buttons[name] = button;
      bar.append(button);
    }
    // A press counts even if the messages move before the release: a new one may arrive, a picture load.
    let pressed = null;
    bar.addEventListener('pointerdown', event => {
      pressed = event;
      event.target.closest('button')?.setPointerCapture(event.pointerId);
    });
    // Released elsewhere: cancelled (WCAG 2.5.2).
    bar.addEventListener('click', event => event.detail > 0 && pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > CANCEL_PX && event.stopImmediatePropagation(), true);
    bar.addEventListener('keydown', event => this.#steer(event));
    bar.addEventListener('focusin', ({ target }) => this.#rove(target));
    return bar;
  }

  #attach(article) {
    const message = this.#list.messageOf(article);
    if (!message || message.deleted) {
      this.#detach();
      return;
    }
    if (this.#bar.parentElement !== article) this.#moveTo(article);
    this.#message = message;
    const own = this.#may.own(message);
    this.#buttons.edit.hidden = !own || !message.editable;
    this.#buttons.remove.hidden = !own && !this.#may.remove();
    this.#buttons.moderate.hidden = own || !this.#may.moderate();
    if (!this.#hasFocus) this.#rove(this.#bar.firstElementChild);
  }

  /** Roving tabindex. */
  #rove(button) {
    for (const each of this.#bar.children) each.tabIndex = each === button ? 0 : -1;
  }

  /** Moves the focus out first: losing it while moving would detach the toolbar. */
  #moveTo(article) {
    if (this.#hasFocus) this.#bar.closest('article').focus({ preventScroll: true });
    article.append(this.#bar);
  }

  get #hasFocus() {
    return this.#bar.contains(this.#bar.getRootNode().activeElement);
  }

  #detach() {
    if (!this.#hasFocus) this.#bar.remove();
  }

  /** Keys within the toolbar (APG, "Toolbar"); Escape goes back to the message. */
  #steer(event) {
    const buttons = [...this.#bar.children].filter(button => !button.hidden);
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  }

  #key(event) {
    if (event.target.localName !== 'article' || event.ctrlKey || event.altKey || event.metaKey) return;
    const message = this.#list.messageOf(event.target);
    if (!message || message.deleted) return;
    // By physical key, so that R works in a Cyrillic layout.
    const name = { KeyR: 'reply', KeyE: 'edit', Delete: 'remove', Backspace: 'remove', Equal: 'pick', NumpadAdd: 'pick', KeyM: 'moderate' }[event.code];
    if (name === undefined || this.#buttons[name].hidden) return;
    event.preventDefault();
    this.#attach(event.target);
    this.#doing[name](message, this.#buttons[name]);
  }
}
