/**
 * Words in the reader's language. An element remembers what it says (key and fillings in data attributes), so that
 * switching the language rewords the whole page, what was added by scripts included.
 */
import en from './words/en.js';
import { recall, remember } from './preferences.js';

const LANGUAGES = ['en', 'ru'];
const MAX_COUNT = 99;
/** Those that were wanted so far; English is what all else falls back on. */
export const dictionaries = { en };

const ATTRIBUTES = { wordsLabel: 'aria-label', wordsPlaceholder: 'placeholder', wordsTitle: 'title' };
/** The document, and the shadow roots of the components that it holds. */
const roots = new Set();
const formatters = new Map();
let language = choose();
await learn(language).catch(() => (language = 'en'));

function choose() {
  const kept = recall('language');
  const wanted = [kept, ...navigator.languages].filter(Boolean).map(tag => tag.slice(0, 2).toLowerCase());
  return wanted.find(tag => LANGUAGES.includes(tag)) ?? 'en';
}

/** Fetches a language's words. */
export async function learn(tag) {
  dictionaries[tag] ??= (await import(`./words/${tag}.js`)).default;
}

/** The language as the reader's region writes times and numbers (en-GB, not just en). */
function locale() {
  return navigator.languages.find(tag => tag.slice(0, 2).toLowerCase() === language) ?? language;
}

export function currentLanguage() {
  return language;
}

/** Switches to 'en' or 'ru', remembers it and rewords everything. */
export async function speak(tag) {
  remember('language', tag);
  await learn(tag);
  if (recall('language') !== tag) return; // another one was chosen meanwhile
  language = tag;
  roots.forEach(rewordAll);
  document.dispatchEvent(new Event('reworded'));
}

/** The words for a key; a plural is chosen by fillings.count. A value that starts with @ is itself a key. */
export function words(key, fillings = {}) {
  const entry = dictionaries[language][key];
  if (entry === undefined) throw new RangeError(`no words for ${key}`);
  const text = typeof entry === 'string' ? entry : entry[new Intl.PluralRules(language).select(fillings.count)];
  return text.replace(/\{(\w+)\}/g, (_, name) => filling(fillings[name]));
}

/** A filling that must be worded anew with the language: {key, …fillings}, {time} or {moment} instead of a plain value. */
function filling(value) {
  if (value?.time) return timeOf(new Date(value.time));
  if (value?.moment) return momentOf(new Date(value.moment));
  if (value !== null && typeof value === 'object') return words(value.key, value);
  return typeof value === 'number' ? value.toLocaleString(locale()) : String(value);
}

/** Lets an element say a key, now and after every switch of the language. */
export function say(element, key, fillings = {}) {
  element.dataset.words = key;
  element.dataset.wordsFillings = JSON.stringify(fillings);
  rewordOne(element);
}

/** The same for what a screen reader calls the element. */
export function label(element, key, fillings = {}) {
  element.dataset.wordsLabel = key;
  element.dataset.wordsFillings = JSON.stringify(fillings);
  rewordOne(element);
}

/** Removes an element's words. */
export function hush(element) {
  delete element.dataset.words;
  element.textContent = '';
}

/** A count where space is short. */
export const short = count => (count > MAX_COUNT ? `${MAX_COUNT}+` : String(count));

/** A number of bytes as a filling. */
export function bytes(count) {
  const round = (unit, digits) => Number((count / unit).toFixed(digits));
  if (count < 1024) return { key: 'bytes.b', value: count };
  if (count < 1024 * 1024) return { key: 'bytes.kb', value: round(1024, 0) };
  return { key: 'bytes.mb', value: round(1024 * 1024, 1) };
}

/** Shows the time of day in a <time> element. */
export function clock(element, date) {
  element.dateTime = date.toISOString();
  rewordTime(element);
}

/** Shows the date in a <time> element. */
export function day(element, date) {
  element.dateTime = date.toISOString();
  element.dataset.day = '';
  rewordTime(element);
}

/** Words all that a root holds, now and after every switch of the language. @param root Document or ShadowRoot */
export function reword(root) {
  roots.add(root);
  rewordAll(root);
}

/** A root that is gone needs no words. */
export function forgetRoot(root) {
  roots.delete(root);
}

function rewordAll(root) {
  (root.documentElement ?? root.getElementById('chat')).lang = language;
  root.querySelectorAll('[data-words], [data-words-label], [data-words-placeholder], [data-words-title]').forEach(rewordOne);
  root.querySelectorAll('time[datetime]').forEach(rewordTime);
}

function rewordOne(element) {
  const fillings = JSON.parse(element.dataset.wordsFillings ?? '{}');
  const text = element.dataset.words ? words(element.dataset.words, fillings) : element.textContent;
  if (text !== element.textContent) element.textContent = text; // a live region speaks only of what is new
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    if (element.dataset[name]) element.setAttribute(attribute, words(element.dataset[name], fillings));
  }
  // A button that shows no words has them as a tooltip.
  if (element.localName === 'button' && element.dataset.wordsLabel && !/[\p{L}\p{N}]/u.test(element.textContent)) element.title = element.ariaLabel;
}

function rewordTime(element) {
  const date = new Date(element.dateTime);
  if ('day' in element.dataset) {
    element.textContent = dayOf(date);
  } else {
    element.textContent = timeOf(date);
    element.title = formatter({ dateStyle: 'full', timeStyle: 'medium' }).format(date);
  }
}

const timeOf = date => formatter({ hour: '2-digit', minute: '2-digit' }).format(date);

/** The time of day, with its date unless that is today. */
function momentOf(date) {
  if (date.toDateString() === new Date().toDateString()) return timeOf(date);
  return formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

function dayOf(date) {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return formatter({ weekday: 'long', day: 'numeric', month: 'long', year }).format(date);
}

/** A formatter is costly to make, and a message needs one at once: each is made once for a language. */
function formatter(options) {
  const key = JSON.stringify([locale(), options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale(), options));
  return formatters.get(key);
}
