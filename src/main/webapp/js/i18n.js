/**
 * Texts in the user's language. Elements keep key and values in data attributes, so that switching the language also
 * translates what scripts added.
 */
import en from './texts/en.js';
import { recall, remember } from './preferences.js';

const LANGUAGES = ['en', 'ru'];
const MAX_COUNT = 99;
/** Loaded languages; English is the fallback. */
export const dictionaries = { en };

const ATTRIBUTES = { i18nLabel: 'aria-label', i18nGroup: 'label', i18nPlaceholder: 'placeholder', i18nTitle: 'title' };
/** The document and the shadow roots of its components. */
const roots = new Set();
const formatters = new Map();
let language = choose();
await loadLanguage(language).catch(() => (language = 'en'));

function choose() {
  const kept = recall('language');
  const wanted = [kept, ...navigator.languages].filter(Boolean).map(tag => tag.slice(0, 2).toLowerCase());
  return wanted.find(tag => LANGUAGES.includes(tag)) ?? 'en';
}

/** Loads the texts of a language. */
export async function loadLanguage(tag) {
  dictionaries[tag] ??= (await import(`./texts/${tag}.js`)).default;
}

/** The language with the user's region (en-GB, not just en), for times and numbers. */
function locale() {
  return navigator.languages.find(tag => tag.slice(0, 2).toLowerCase() === language) ?? language;
}

export function currentLanguage() {
  return language;
}

/** Switches to 'en' or 'ru', stores the choice and translates all roots. */
export async function setLanguage(tag) {
  remember('language', tag);
  await loadLanguage(tag);
  if (recall('language') !== tag) return; // superseded
  language = tag;
  roots.forEach(localizeAll);
  document.dispatchEvent(new Event('languagechange'));
}

/** The text of a key; values.count selects the plural. */
export function translate(key, values = {}) {
  const entry = dictionaries[language][key];
  if (entry === undefined) throw new RangeError(`no text for ${key}`);
  const text = typeof entry === 'string' ? entry : entry[new Intl.PluralRules(language).select(values.count)];
  return text.replace(/\{(\w+)\}/g, (_, name) => format(values[name]));
}

/** Formats a value: {key, …values}, {time} and {moment} depend on the language. */
function format(value) {
  if (value?.time) return timeOf(new Date(value.time));
  if (value?.moment) return momentOf(new Date(value.moment));
  if (value !== null && typeof value === 'object') return translate(value.key, value);
  return typeof value === 'number' ? value.toLocaleString(locale()) : String(value);
}

/** Sets the text of an element, now and after every switch of the language. */
export const setText = (element, key, values) => keepText(element, 'i18n', key, values);

/** The same for the accessible name. */
export const label = (element, key, values) => keepText(element, 'i18nLabel', key, values);

/** The same for the placeholder. */
export const placeholder = (element, key, values) => keepText(element, 'i18nPlaceholder', key, values);

function keepText(element, name, key, values = {}) {
  element.dataset[name] = key;
  element.dataset.i18nValues = JSON.stringify(values);
  localizeElement(element);
}

/** Removes the text of an element. */
export function clearText(element) {
  delete element.dataset.i18n;
  element.textContent = '';
}

/** A short count. */
export const short = count => (count > MAX_COUNT ? `${MAX_COUNT}+` : String(count));

/** A number of bytes as {key, value}. */
export function bytes(count) {
  const round = (unit, digits) => Number((count / unit).toFixed(digits));
  if (count < 1024) return { key: 'bytes.b', value: count };
  if (count < 1024 * 1024) return { key: 'bytes.kb', value: round(1024, 0) };
  return { key: 'bytes.mb', value: round(1024 * 1024, 1) };
}

/** Shows the time of day in a <time> element. */
export function clock(element, date) {
  element.dateTime = date.toISOString();
  localizeTime(element);
}

/** Shows the date in a <time> element. */
export function day(element, date) {
  element.dateTime = date.toISOString();
  element.dataset.day = '';
  localizeTime(element);
}

/** Translates a root, now and after every switch of the language. @param root Document or ShadowRoot */
export function localize(root) {
  roots.add(root);
  localizeAll(root);
}

export function forgetRoot(root) {
  roots.delete(root);
}

function localizeAll(root) {
  (root.documentElement ?? root.getElementById('chat')).lang = language;
  root.querySelectorAll('[data-i18n], [data-i18n-label], [data-i18n-group], [data-i18n-placeholder], [data-i18n-title]').forEach(localizeElement);
  root.querySelectorAll('time[datetime]').forEach(localizeTime);
}

function localizeElement(element) {
  const values = JSON.parse(element.dataset.i18nValues ?? '{}');
  const text = element.dataset.i18n ? translate(element.dataset.i18n, values) : element.textContent;
  if (text !== element.textContent) element.textContent = text; // live regions announce every change
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    if (element.dataset[name]) element.setAttribute(attribute, translate(element.dataset[name], values));
  }
  // Icon buttons have a tooltip.
  if (element.localName === 'button' && element.dataset.i18nLabel && !/[\p{L}\p{N}]/u.test(element.textContent)) element.title = element.ariaLabel;
}

function localizeTime(element) {
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

/** Formatters are costly to create and cached per language. */
function formatter(options) {
  const key = JSON.stringify([locale(), options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale(), options));
  return formatters.get(key);
}
