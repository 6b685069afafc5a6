/** Keyboard navigation of the messages (APG, "Feed") with a roving tabindex. */
const PAGE_STEPS = 8;
const INSIDE = ':is(a[href], button, audio, video):not(.actions *)';

export class FeedFocus {
  #scroller;
  #feed;
  #walked;
  #current = null;

  /** @param walked (article) focuses that article */
  constructor({ scroller, feed, walked }) {
    this.#scroller = scroller;
    this.#feed = feed;
    this.#walked = walked;
    feed.addEventListener('keydown', event => this.#steer(event));
    feed.addEventListener('focusin', ({ target }) => this.#enter(target.closest('article')));
    feed.addEventListener('focusout', ({ target, relatedTarget }) => {
      const article = target.closest('article');
      if (!article?.contains(relatedTarget)) open(article, false);
    });
  }

  /** Focuses the article that had the focus last, else the scroller. */
  focus() {
    (this.#current ?? this.#scroller).focus();
  }

  clear() {
    this.#current = null;
  }

  /** Makes the last article the Tab stop if there is none, or if the list follows the end without the focus. */
  offer(article, followed) {
    if (this.#current === null || (followed && !this.#feed.contains(this.#active))) this.#rove(article);
  }

  /** An article is about to be removed. */
  leave(article) {
    if (article.contains(this.#active)) this.#scroller.focus();
    if (this.#current === article) this.#current = null;
  }

  /** Makes the controls inside an article Tab stops only while it has the focus. */
  seal(article) {
    open(article, false);
  }

  /** Changes the content of an article and keeps the focus inside. */
  during(article, change) {
    const inside = article.contains(this.#active);
    change();
    open(article, inside);
    if (inside && !article.contains(this.#active)) article.focus({ preventScroll: true });
  }

  get #active() {
    return this.#feed.getRootNode().activeElement;
  }

  #enter(article) {
    open(article, true);
    this.#rove(article);
  }

  #rove(article) {
    if (!article || article === this.#current) return;
    if (this.#current) this.#current.tabIndex = -1;
    article.tabIndex = 0;
    this.#current = article;
  }

  #steer(event) {
    const article = event.target.closest('article');
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== article) return event.key === 'Escape' && this.#leaveInside(event, article);
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE_STEPS, PageDown: PAGE_STEPS };
    let next = null;
    if (event.key in steps) next = this.#step(article, steps[event.key]);
    else if (event.key === 'Enter') next = article.querySelector(INSIDE);
    else if (event.key === 'Home') next = this.#feed.firstElementChild;
    else if (event.key === 'End') next = this.#feed.lastElementChild;
    if (next === null) return;
    event.preventDefault();
    if (event.key === 'Enter') next.focus();
    else this.#walked(next);
  }

  #leaveInside(event, article) {
    event.stopPropagation();
    article.focus();
  }

  #step(article, count) {
    let to = article;
    for (let left = Math.abs(count); left > 0; left--) to = (count < 0 ? to.previousElementSibling : to.nextElementSibling) ?? to;
    return to;
  }
}

function open(article, entered) {
  article?.querySelectorAll(INSIDE).forEach(element => (element.tabIndex = entered ? 0 : -1));
}
