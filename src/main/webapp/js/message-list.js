/**
 * Renders the window of the log with a bounded number of articles. Follows the end while scrolled to it; otherwise the
 * visible messages keep their place.
 */
import { Anchor } from './anchor.js';
import { Articles } from './articles.js';
import { release } from './attachments.js';
import { FeedFocus } from './feed-focus.js';

const NEAR_END_PX = 48;
const AHEAD_PX = 900;
const FLASH_MS = 1600;

export class MessageList {
  #scroller;
  #feed;
  #view;
  #load;
  #isTail;
  #articles;
  #atEnd = true;
  #top = 0;
  #range = 0; // scroll range at that time
  #anchor;
  #focus;
  #asked = false;
  #toEndAsked = false;

  /**
   * @param load (end) => a promise: loads entries before 'first' or after 'last'; moved() on each scroll; isTail() =>
   *   whether the window reaches the end of the log
   */
  constructor({ scroller, feed, waiting, view, load, moved, isTail }) {
    this.#isTail = isTail;
    this.#scroller = scroller;
    this.#feed = feed;
    this.#view = view;
    this.#articles = new Articles(feed, view);
    this.#anchor = new Anchor(scroller, feed);
    this.#focus = new FeedFocus({ scroller, feed, walked: article => this.#walked(article) });
    this.#load = load;
    scroller.addEventListener('scroll', () => {
      this.#scrolled();
      moved();
    }, { passive: true });
    const held = new ResizeObserver(() => this.#hold());
    [scroller, feed, waiting].forEach(element => held.observe(element));
  }

  get atEnd() {
    return this.#atEnd;
  }

  get isEmpty() {
    return this.#articles.isEmpty;
  }

  /** The article of a message in the window. */
  articleOf(id) {
    return this.#articles.of(id);
  }

  messageOf(article) {
    return this.#articles.messageOf(article);
  }

  get unreadFrom() {
    return this.#articles.unreadFrom;
  }

  /** Where the unread line is: above (-1), visible (0) or below (1). */
  get unreadSide() {
    if (this.#toEndAsked && this.#atEnd) this.toEnd();
    const line = this.#articles.unreadLine?.getBoundingClientRect();
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    return !line || line.top >= bottom ? 1 : -(line.bottom <= top);
  }

  revealUnread() {
    this.reveal(this.#articles.unreadLine?.parentElement.dataset.id);
  }

  /** Scroll position as {id, position, below}; null at the end. */
  get place() {
    const place = this.#atEnd ? null : this.#anchor.place;
    const message = this.messageOf(place?.article);
    return message ? { id: message.id, position: message.position, below: place.below } : null;
  }

  /** Restores a scroll position within the window. */
  returnTo({ id, below }) {
    const article = this.articleOf(id);
    if (!article) return;
    this.#atEnd = false;
    this.#anchor.hold({ article, below });
    this.#note();
  }

  /** Draws the unread line after this position. */
  markUnread(position) {
    this.#articles.unreadFrom = position;
    this.#feed.querySelectorAll('article').forEach(article => this.#articles.decorate(article));
  }

  clear() {
    this.#feed.querySelectorAll('article').forEach(release);
    this.#feed.replaceChildren();
    this.#articles.clear();
    this.#feed.hidden = true; // an empty feed is invalid ARIA
    this.#anchor.clear();
    this.#focus.clear();
    this.#atEnd = true;
  }

  add(messages, end) {
    this.#feed.hidden = false;
    this.#keeping(() => {
      const articles = messages.map(message => this.#make(message));
      if (end === 'first') this.#feed.prepend(...articles);
      else this.#feed.append(...articles);
      articles.forEach(article => this.#articles.decorate(article));
      this.#articles.regroup(articles.at(-1).nextElementSibling);
      this.#focus.offer(this.#feed.lastElementChild, this.#atEnd);
    });
  }

  refresh(message) {
    this.#keeping(() => {
      const article = this.articleOf(message.id);
      if (!article) return;
      this.#refresh(article, message);
    });
  }

  /** Re-renders every article after the user's name has changed. */
  refreshAll() {
    for (const article of this.#feed.children) {
      this.#refresh(article, this.messageOf(article));
      this.#articles.decorate(article);
    }
  }

  #refresh(article, message) {
    release(article);
    this.#focus.during(article, () => this.#view.refresh(article, message));
  }

  drop(messages) {
    this.#keeping(() => {
      for (const { id } of messages) {
        const article = this.articleOf(id);
        if (!article) continue;
        this.#focus.leave(article);
        release(article);
        article.remove();
        this.#articles.forget(id);
      }
      this.#articles.decorate(this.#feed.firstElementChild);
      this.#focus.offer(this.#feed.lastElementChild, false);
    });
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#note();
    this.#atEnd = true;
  }

  /** Scrolls to a message and focuses it. */
  reveal(id) {
    const article = this.articleOf(id);
    if (!article) return;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'center' });
    this.#atEnd = this.#isTail() && this.#toGo < NEAR_END_PX;
    this.#anchor.look();
    article.classList.add('flash');
    setTimeout(() => article.classList.remove('flash'), FLASH_MS);
  }

  /** Pixels below the viewport. */
  get #toGo() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #note() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#top = scrollTop;
    this.#range = scrollHeight - clientHeight;
  }

  focus() {
    this.#focus.focus();
  }

  #make(message) {
    const article = this.#articles.make(message);
    this.#focus.seal(article);
    return article;
  }

  /** Changes the articles and keeps the scroll position. */
  #keeping(change) {
    change();
    if (this.#atEnd) this.#toEndSoon();
    else this.#settle();
    if (!this.#atEnd) this.#anchor.look();
  }

  /** Once per frame, since each scroll to the end costs a layout. */
  #toEndSoon() {
    if (this.#toEndAsked) return;
    this.#toEndAsked = true;
    requestAnimationFrame(() => {
      this.#toEndAsked = false;
      if (this.#atEnd) this.toEnd();
    });
  }

  #settle() {
    this.#anchor.settle();
    this.#note();
  }

  /** An element was resized, for example by a loaded picture. */
  #hold() {
    if (this.#atEnd) this.toEnd();
    else this.#settle();
  }

  #scrolled() {
    const [top, range] = [this.#top, this.#range];
    this.#note();
    const toGo = this.#toGo;
    if (toGo < NEAR_END_PX && this.#isTail()) this.#atEnd = true;
    // Only the user scrolls up within an unchanged range: a loaded picture extends it, a sent message shortens it, and
    // then the browser adjusts the position.
    else if (this.#top < top && this.#range === range) this.#atEnd = false;
    if (!this.#atEnd || toGo >= NEAR_END_PX) this.#anchor.look();
    if (this.#top < AHEAD_PX) this.#ask('first');
    else if (toGo < AHEAD_PX) this.#ask('last');
  }

  /** One load at a time. */
  #ask(end) {
    if (this.#asked || this.isEmpty) return;
    this.#asked = true;
    this.#feed.setAttribute('aria-busy', 'true');
    this.#load(end).finally(() => {
      this.#asked = false;
      this.#feed.setAttribute('aria-busy', 'false');
    });
  }

  /** Focuses an article and scrolls to it. */
  #walked(article) {
    this.#atEnd = article === this.#feed.lastElementChild && this.#isTail();
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'nearest' });
    if (!this.#atEnd) this.#anchor.look();
    this.#scrolled();
  }
}
