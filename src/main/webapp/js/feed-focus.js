/** The keyboard among the messages (APG, "Feed"): one of them is a stop of the Tab key, keys lead from it to the others. */
const PAGE_STEPS = 8;
const INSIDE = ':is(a[href], button, audio, video):not(.actions *)';

export class FeedFocus {
  #scroller;
  #feed;
  #walked;
  #current = null;

  /** @param walked (article) takes the keyboard to that article */
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

  /** The way into the messages: the one that the keyboard left, or the last. */
  focus() {
    (this.#current ?? this.#scroller).focus();
  }

  clear() {
    this.#current = null;
  }

  /** @param article the last one: the way in where there is none, and where the reader follows the end from elsewhere */
  offer(article, followed) {
    if (this.#current === null || (followed && !this.#feed.contains(this.#active))) this.#rove(article);
  }

  /** An article is about to go. */
  leave(article) {
    if (article.contains(this.#active)) this.#scroller.focus();
    if (this.#current === article) this.#current = null;
  }

  /** The Tab key stops at what an article holds only while the keyboard is in there. */
  seal(article) {
    open(article, false);
  }

  /** Changes what an article holds; the keyboard stays in there. */
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
