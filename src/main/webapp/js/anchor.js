/** Scroll anchor: keeps the topmost visible message in place while messages around it change. */
export class Anchor {
  #scroller;
  #feed;
  #held = null; // {article, top}

  constructor(scroller, feed) {
    this.#scroller = scroller;
    this.#feed = feed;
  }

  /** Anchors to the topmost visible message. */
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

  /** Scrolls the anchor back to its place, unless it was removed. */
  settle() {
    if (!this.#held?.article.isConnected) return;
    this.#scroller.scrollTop += this.#held.article.getBoundingClientRect().top - this.#held.top;
  }

  /** The anchor and its distance from the upper edge, or null. */
  get place() {
    return this.#held && { article: this.#held.article, below: this.#held.top - this.#edge };
  }

  /** Scrolls an article to such a place. */
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
