/**
 * A room's log as the reader sees it: a window of positions without holes, from first to last, in which edits, deletions
 * and reactions are folded into the messages they concern. Holds a bounded part of a log of any length; what was dropped
 * can be put back. Knows neither network nor page.
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
  /** The highest position known to exist. */
  tail = 0;
  /** Lowest and highest position of the window; first = last + 1 where it is empty. */
  first = 1;
  last = 0;
  /** From here to the tail every change has been seen, whatever the window holds. */
  seenFrom = 1;
  /** Whether nothing lies before the window any more. */
  startReached = false;
  #messages = [];
  #byId = new Map();
  #changes = new Map(); // target id → its changes by position, also of messages that are not in the window

  /** Begins anew at a position, with nothing loaded. */
  reset(epoch, tail) {
    this.epoch = epoch;
    this.startAt(tail);
    this.tail = tail;
    this.seenFrom = tail + 1;
    this.#changes.clear();
  }

  /** Empties the window and puts it behind a position; changes that were seen stay known. */
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
   * Takes one entry that was just appended to the log. Gives {added: message or null, changed: message or null}, or null
   * for one that is known already.
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

  /** Puts entries that directly precede the window before it; gives the messages among them. */
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

  /** Puts entries that directly follow the window behind it; gives the messages among them. */
  extend(dicts) {
    const next = dicts.filter(dict => dict.position > this.last);
    next.filter(isChange).forEach(dict => this.#change(dict));
    const added = next.filter(dict => !isChange(dict)).map(dict => this.#fold(dict));
    this.#messages.push(...added);
    if (next.length > 0) this.last = next.at(-1).position;
    return added;
  }

  /** Reads entries directly before seenFrom for their changes only. */
  skim(dicts) {
    dicts.filter(isChange).forEach(dict => this.#change(dict));
    if (dicts.length > 0) this.seenFrom = dicts[0].position;
  }

  /** Drops what is too much from the end that the reader is far from: 'first' or 'last'. Gives the dropped messages. */
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

  /** Remembers a change, once, in the order of the log; gives the message it concerns, if that is in the window. */
  #change(dict) {
    const known = this.#changes.get(dict.target) ?? [];
    if (known.some(change => change.position === dict.position)) return null;
    const latest = known.length === 0 || known.at(-1).position < dict.position;
    known.push({ position: dict.position, kind: dict.kind, text: dict.text, author: dict.author });
    known.sort((one, other) => one.position - other.position);
    this.#changes.set(dict.target, known);
    const message = this.#byId.get(dict.target);
    if (!message) return null;
    if (!latest) message.reactions.clear(); // folding is by order: begin again
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
    if (change.text === undefined) return; // a later edit has replaced it, which the message shows
    if (message.editable) message.text = change.text;
    else message.file.name = safeName(change.text, message.file.extension);
  } else {
    toggle(message.reactions, change);
  }
}

/** The log only grows: the same reaction of the same author once more takes it back. */
function toggle(reactions, { text, author }) {
  const whose = reactions.get(text) ?? new Map();
  if (!whose.delete(author.id)) whose.set(author.id, author.name);
  if (whose.size > 0) reactions.set(text, whose);
  else reactions.delete(text);
}
