/**
 * A bounded, gapless window of a room's log, from first to last; edits, deletions and reactions are applied to their
 * messages. Independent of network and DOM.
 *
 * A message is {id, position, at: Date, author: {id, name}, kind: 'text' or 'file', text, file: {blob, type, extension,
 * name, picture, shown} or null, editable: whether an edit changes the text, target, key, edited, deleted, reactions: Map
 * of emoji to Map of author id to name}.
 */
import { openFile, safeName, titled } from './media-type.js';

export const MAX_MESSAGES = 400;
export const MAX_BLOB_BYTES = 64 * 1024 * 1024;

export class RoomLog {
  epoch = null;
  /** The highest known position. */
  tail = 0;
  /** Lowest and highest position of the window; first = last + 1 if empty. */
  first = 1;
  last = 0;
  /** All changes from here to the tail are known. */
  seenFrom = 1;
  /** Whether the window begins at the start of the log. */
  startReached = false;
  #messages = [];
  #byId = new Map();
  #changes = new Map(); // target id → its changes by position, also of messages outside the window

  /** Resets to an empty window at a position. */
  reset(epoch, tail) {
    this.epoch = epoch;
    this.startAt(tail);
    this.tail = tail;
    this.seenFrom = tail + 1;
    this.#changes.clear();
  }

  /** Moves the empty window behind a position and keeps the known changes. */
  startAt(position) {
    this.#messages = [];
    this.#byId.clear();
    this.first = position + 1;
    this.last = position;
    this.startReached = position === 0;
  }

  get messages() {
    return this.#messages;
  }

  get atTail() {
    return this.last === this.tail;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /**
   * Adds a live entry. Returns {added: message or null, changed: message or null}, or null for a known entry.
   */
  append(dict) {
    if (dict.position <= this.tail) return null;
    const followed = this.atTail;
    this.tail = dict.position;
    if (isChange(dict)) {
      if (followed) this.last = dict.position;
      return { added: null, changed: this.#change(dict) };
    }
    if (!followed) return { added: null, changed: null };
    this.last = dict.position;
    const message = this.#fold(dict);
    this.#messages.push(message);
    return { added: message, changed: null };
  }

  /** Adds the entries directly before the window; returns the messages among them. */
  prepend(dicts) {
    if (dicts.length === 0) {
      this.startReached = true;
      return [];
    }
    dicts.filter(isChange).forEach(dict => this.#change(dict));
    const added = dicts.filter(dict => !isChange(dict)).map(dict => this.#fold(dict));
    this.#messages.unshift(...added);
    this.first = dicts[0].position;
    this.seenFrom = Math.min(this.seenFrom, this.first);
    if (this.first <= 1) this.startReached = true;
    return added;
  }

  /** Adds the entries directly after the window; returns the messages among them. */
  extend(dicts) {
    const next = dicts.filter(dict => dict.position > this.last);
    next.filter(isChange).forEach(dict => this.#change(dict));
    const added = next.filter(dict => !isChange(dict)).map(dict => this.#fold(dict));
    this.#messages.push(...added);
    if (next.length > 0) this.last = next.at(-1).position;
    return added;
  }

  /** Applies only the changes among the entries directly before seenFrom. */
  skim(dicts) {
    dicts.filter(isChange).forEach(dict => this.#change(dict));
    if (dicts.length > 0) this.seenFrom = dicts[0].position;
  }

  /** Trims the window at an end, 'first' or 'last'; returns the removed messages. */
  trim(end) {
    let bytes = this.#messages.reduce((sum, message) => sum + sizeOf(message), 0);
    const dropped = [];
    while (this.#messages.length > MAX_MESSAGES || (bytes > MAX_BLOB_BYTES && this.#messages.length > 1)) {
      const message = end === 'first' ? this.#messages.shift() : this.#messages.pop();
      bytes -= sizeOf(message);
      this.#byId.delete(message.id);
      dropped.push(message);
    }
    if (dropped.length > 0 && end === 'first') {
      this.first = this.#messages[0].position;
      this.startReached = false;
    } else if (dropped.length > 0) {
      this.last = this.#messages.at(-1).position;
    }
    return dropped;
  }

  #fold(dict) {
    const { text, name, editable } = titled(dict);
    const message = {
      id: dict.id,
      position: dict.position,
      at: new Date(dict.at),
      author: dict.author,
      kind: dict.kind,
      text,
      editable,
      file: dict.data ? openFile(dict.data, name) : null,
      target: dict.target ?? null,
      key: dict.key ?? null,
      edited: false,
      deleted: dict.deleted ?? false,
      reactions: new Map(),
    };
    this.#byId.set(message.id, message);
    this.#changes.get(message.id)?.forEach(change => apply(message, change));
    return message;
  }

  /** Stores a change in log order; returns its message if it is in the window. */
  #change(dict) {
    const known = this.#changes.get(dict.target) ?? [];
    if (known.some(change => change.position === dict.position)) return null;
    const latest = known.length === 0 || known.at(-1).position < dict.position;
    known.push({ position: dict.position, kind: dict.kind, text: dict.text, author: dict.author });
    known.sort((one, other) => one.position - other.position);
    this.#changes.set(dict.target, known);
    const message = this.#byId.get(dict.target);
    if (!message) return null;
    if (!latest) message.reactions.clear(); // out of order: reapply all
    (latest ? known.slice(-1) : known).forEach(change => apply(message, change));
    return message;
  }
}

const isChange = dict => dict.kind === 'edit' || dict.kind === 'delete' || dict.kind === 'reaction';
const sizeOf = message => message.file?.blob.size ?? 0;

function apply(message, change) {
  if (change.kind === 'delete') {
    Object.assign(message, { deleted: true, text: '', file: null });
    message.reactions.clear();
  } else if (message.deleted) {
    return;
  } else if (change.kind === 'edit') {
    message.edited = true;
    if (change.text === undefined) return; // superseded by a later edit that is already applied
    if (message.editable) message.text = change.text;
    else message.file.name = safeName(change.text, message.file.extension);
  } else {
    toggle(message.reactions, change);
  }
}

/** The log is append-only: a repeated reaction of the same author removes it. */
function toggle(reactions, { text, author }) {
  const whose = reactions.get(text) ?? new Map();
  if (!whose.delete(author.id)) whose.set(author.id, author.name);
  if (whose.size > 0) reactions.set(text, whose);
  else reactions.delete(text);
}
