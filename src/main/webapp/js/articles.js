/** Articles of the feed with their messages and groups; rendering depends on the preceding article. */
export class Articles {
  /** Messages after this position are unread; a line precedes the first of them. */
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

  /** Updates what depends on the preceding article and the position. */
  decorate(article) {
    if (!article) return;
    const known = this.#find(article);
    known.group = this.#view.join(article, known.message, this.#find(article.previousElementSibling), this.unreadFrom);
    article.setAttribute('aria-posinset', String(known.message.position));
    article.setAttribute('aria-setsize', '-1');
  }

  /** Updates the following articles as long as their groups change. */
  regroup(article) {
    for (let next = article, changed = true; next && changed; next = next.nextElementSibling) {
      const size = this.#find(next).group?.size;
      this.decorate(next);
      changed = this.#find(next).group?.size !== size;
    }
  }

  /** Line before the first unread message. */
  get unreadLine() {
    return this.#feed.querySelector('.unread-line');
  }

  #find(article) {
    return this.#known.get(article?.dataset.id);
  }
}
