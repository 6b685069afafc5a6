/** The keyboard among the messages (APG, "Feed"): one of them is a stop of the Tab key, keys lead from it to the others. */
const PAGE_STEPS = 8;

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
    feed.addEventListener('focusin', ({ target }) => this.#rove(target.closest('article')));
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
    if (this.#current === null || (followed && !this.#feed.contains(this.#feed.getRootNode().activeElement))) this.#rove(article);
  }

  /** An article is about to go. */
  leave(article) {
    if (article.contains(article.getRootNode().activeElement)) this.#scroller.focus();
    if (this.#current === article) this.#current = null;
  }

  #rove(article) {
    if (!article || article === this.#current) return;
    if (this.#current) this.#current.tabIndex = -1;
    article.tabIndex = 0;
    this.#current = article;
  }

  #steer(event) {
    const article = event.target;
    if (article.localName !== 'article' || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE_STEPS, PageDown: PAGE_STEPS };
    let next = null;
    if (event.key in steps) next = this.#step(article, steps[event.key]);
    else if (event.key === 'Home') next = this.#feed.firstElementChild;
    else if (event.key === 'End') next = this.#feed.lastElementChild;
    else return;
    event.preventDefault();
    this.#walked(next);
  }

  #step(article, count) {
    let to = article;
    for (let left = Math.abs(count); left > 0; left--) to = (count < 0 ? to.previousElementSibling : to.nextElementSibling) ?? to;
    return to;
  }
}
