/**
 * Renders message text as nodes: `code`, ``` blocks, links, mentions. The text is never parsed as HTML; links are http
 * or https only, send no referrer and open a new tab.
 */
import { make } from './elements.js';
import { fold } from './names.js';

const TOKENS = /```(?:[\w+-]*\n)?([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>"'`]+)/gu;
const EMOJI_ONLY = /^[\p{Extended_Pictographic}\p{Emoji_Component}\s]{1,24}$/u;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** @param names the Names that can be mentioned; me the user's name */
export function render(text, names, me) {
  return [...parts(text)].flatMap(([plain, token]) => (token ? nodesOf(token) : withMentions(plain, names, me)));
}

/** Whether a text mentions a name outside of code and links. */
export function mentionsAmong(text, names, name) {
  if (name === '') return false;
  return [...parts(text)].some(([plain, token]) => !token && mentionsIn(plain, names).some(({ mention }) => fold(mention) === fold(name)));
}

/** The parts of a text in order: [plain text] or [whole, match]. */
function* parts(text) {
  let end = 0;
  for (const found of text.matchAll(TOKENS)) {
    if (found.index > end) yield [text.slice(end, found.index)];
    yield [found[0], found];
    end = found.index + found[0].length;
  }
  if (end < text.length) yield [text.slice(end)];
}

function nodesOf([, block, code, url]) {
  if (block !== undefined) return [make('pre', {}, make('code', {}, block.replace(/\n$/, '')))];
  return code === undefined ? link(url) : [make('code', {}, code)];
}

function mentionsIn(text, names) {
  const found = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const mention = names.mentionAt(text, at);
    if (mention !== null) found.push({ at, mention });
  }
  return found;
}

function withMentions(text, names, me) {
  const nodes = [];
  let end = 0;
  for (const { at, mention } of mentionsIn(text, names)) {
    if (at > end) nodes.push(text.slice(end, at));
    nodes.push(make('span', { class: fold(mention) === fold(me) ? 'mention me' : 'mention' }, `@${mention}`));
    end = at + 1 + mention.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

const TRAILING = new Set('.,;:!?)]}»”’*_');

/** Trailing punctuation is not part of the address, except a bracket opened within it. */
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

/** End of the address, in linear time: a long run of brackets must not freeze the page. */
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

/** Whether a text is only a few emoji, shown large. */
export const isEmojiOnly = text => PICTOGRAPH.test(text) && EMOJI_ONLY.test(text);

/** Whether a text may mention a name if no other names are known: "@name" as a whole token, ignoring case. */
export function mentions(text, name) {
  if (name === '') return false;
  return new RegExp(`(?<![\\p{L}\\p{N}_])@${literal(name)}(?![\\p{L}\\p{N}_])`, 'iu').test(text);
}

const literal = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Case-insensitive matches as [index, length]. */
export function places(text, wanted) {
  if (wanted === '') return [];
  return [...text.matchAll(new RegExp(literal(wanted), 'giu'))].map(found => [found.index, found[0].length]);
}
