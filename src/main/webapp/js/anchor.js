/** What the reader looks at: the topmost message in sight, held where it is while others come and go around it. */
export class Anchor {
  #scroller;
  #feed;
  #held = null; // {article, top}

  constructor(scroller, feed) {
    this.#scroller = scroller;
    this.#feed = feed;
  }

  /** Notes what is in sight now. */
  look() {
    const edge = this.#edge;
    const articles = this.#feed.children;
    let low = 0;
    for (let high = articles.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (articles[middle].getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const article = articles[low];
    this.#held = article ? { article, top: article.getBoundingClientRect().top } : null;
  }

  /** Scrolls it back to where it was; does nothing if it is gone. */
  settle() {
    if (!this.#held?.article.isConnected) return;
    this.#scroller.scrollTop += this.#held.article.getBoundingClientRect().top - this.#held.top;
  }

  /** What is in sight and how far below the upper edge, to come back to; or null. */
  get place() {
    return this.#held && { article: this.#held.article, below: this.#held.top - this.#edge };
  }

  /** Brings an article back to such a place. */
  hold({ article, below }) {
    this.#held = { article, top: this.#edge + below };
    this.settle();
  }

  get #edge() {
    return this.#scroller.getBoundingClientRect().top;
  }

  clear() {
    this.#held = null;
  }
}
