/**
 * What somebody wrote, as nodes: `code`, ``` blocks, links, mentions. The text is never parsed as HTML; a link leads
 * only to http or https, tells the other side nothing, and opens elsewhere.
 */
import { make } from './elements.js';

const TOKENS = /```(?:[\w+-]*\n)?([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>"'`]+)|(?<![\p{L}\p{N}_])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)/gu;
const EMOJI_ONLY = /^[\p{Extended_Pictographic}\p{Emoji_Component}\s]{1,24}$/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** @param isMe (name) => whether a mention means the reader */
export function render(text, isMe) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(TOKENS)) {
    if (found.index > end) nodes.push(text.slice(end, found.index));
    nodes.push(...token(found, isMe));
    end = found.index + found[0].length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

function token([whole, block, code, url, mention], isMe) {
  if (block !== undefined) return [make('pre', { tabIndex: 0 }, make('code', {}, block.replace(/\n$/, '')))];
  if (code !== undefined) return [make('code', {}, code)];
  if (url !== undefined) return link(url);
  return [make('span', { class: isMe(mention) ? 'mention me' : 'mention' }, whole)];
}

const TRAILING = new Set('.,;:!?)]}»”’*_');

/** A full stop or a closing bracket after an address belongs to the sentence, unless the bracket was opened within. */
function link(written) {
  const end = addressEnd(written);
  const address = written.slice(0, end);
  let url;
  try {
    url = new URL(address);
  } catch {
    return [written];
  }
  const anchor = make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow ugc', dir: 'ltr' }, address);
  return end === written.length ? [anchor] : [anchor, written.slice(end)];
}

/** Where the address ends, in one pass back over the text: a long run of brackets must not freeze the page. */
function addressEnd(written) {
  let surplus = 0;
  for (const character of written) {
    if (character === '(') surplus--;
    else if (character === ')') surplus++;
  }
  let end = written.length;
  while (TRAILING.has(written[end - 1])) {
    if (written[end - 1] === ')') {
      if (surplus <= 0) break;
      surplus--;
    }
    end--;
  }
  return end;
}

/** Whether a text is a few emoji and nothing else, to be shown large. */
export const isEmojiOnly = text => PICTOGRAPH.test(text) && EMOJI_ONLY.test(text);

/** Whether a text mentions a name: "@name", as a word of its own, in either case. */
export function mentions(text, name) {
  if (name === '') return false;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])@${escaped}(?![\\p{L}\\p{N}_])`, 'iu').test(text);
}
