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
    const edge = this.#scroller.getBoundingClientRect().top;
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

  clear() {
    this.#held = null;
  }
}
