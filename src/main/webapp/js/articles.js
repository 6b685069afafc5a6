/** The articles of the feed, each with its message and its group: what one shows depends on the one before it. */
export class Articles {
  /** Messages behind this position are new to the reader: a line is drawn before the first of them. */
  unreadFrom = Infinity;
  #feed;
  #view;
  #known = new Map(); // message id → {article, message, group}

  constructor(feed, view) {
    this.#feed = feed;
    this.#view = view;
  }

  get isEmpty() {
    return this.#known.size === 0;
  }

  of(id) {
    return this.#known.get(id)?.article;
  }

  messageOf(article) {
    return this.#find(article)?.message;
  }

  make(message) {
    const article = this.#view.article(message);
    this.#known.set(message.id, { article, message });
    return article;
  }

  forget(id) {
    this.#known.delete(id);
  }

  clear() {
    this.#known.clear();
  }

  /** What depends on the neighbour before, and where it stands in the feed. */
  dress(article) {
    if (!article) return;
    const known = this.#find(article);
    known.group = this.#view.join(article, known.message, this.#find(article.previousElementSibling), this.unreadFrom);
    article.setAttribute('aria-posinset', String(known.message.position));
    article.setAttribute('aria-setsize', '-1');
  }

  /** Dresses what follows what was put before it, as far as its groups change by that. */
  regroup(article) {
    for (let next = article, changed = true; next && changed; next = next.nextElementSibling) {
      const size = this.#find(next).group?.size;
      this.dress(next);
      changed = this.#find(next).group?.size !== size;
    }
  }

  /** The line before the first unread message. */
  get unreadLine() {
    return this.#feed.querySelector('.unread-line');
  }

  #find(article) {
    return this.#known.get(article?.dataset.id);
  }
}
