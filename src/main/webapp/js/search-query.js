/**
 * Parses the search field: text and filters such as from:Anna, from:"Anna Petrova", has:file,
 * before:2026-12-31 and after:2026-01-01 (the day itself excluded), in English or Russian.
 */
const FILTER = /(?<!\S)(from|has|before|after|от|есть|до|после):(?:"([^"]*)"|(\S+))/giu;
const NAMES = { от: 'from', есть: 'has', до: 'before', после: 'after' };
const FILES = new Set(['file', 'файл']);

/** Returns {text, from, files, since, until} for veche.search; anything else is part of the text. */
export function parse(input) {
  const query = {};
  const text = input.replace(FILTER, (whole, name, quoted, plain) => {
    const key = name.toLowerCase();
    const filter = read(NAMES[key] ?? key, quoted ?? plain);
    if (filter === null) return whole;
    Object.assign(query, filter);
    return '';
  });
  return { text: text.replace(/\s+/gu, ' ').trim(), ...query };
}

function read(name, value) {
  if (name === 'from') return value ? { from: value } : null;
  if (name === 'has') return FILES.has(value.toLowerCase()) ? { files: true } : null;
  const midnight = new Date(`${value}T00:00`);
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(midnight.getTime())) return null;
  if (name === 'after') midnight.setDate(midnight.getDate() + 1);
  return { [name === 'after' ? 'since' : 'until']: midnight.toISOString() };
}
