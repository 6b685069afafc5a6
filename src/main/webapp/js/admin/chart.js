/** An SVG line chart of the last minutes, with the latest values as its label. */
import { label, translate } from '../i18n.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 480;
const HEIGHT = 200;
const MARGIN = { left: 52, right: 10, top: 12, bottom: 26 };
const KEPT = 90;
const STEPS = [1, 2, 5];

export class Chart {
  #svg;
  #title;
  #prefix;
  #names;
  #samples = [];

  /** @param names of the curves; their text keys are title.name */
  constructor(svg, title, names) {
    this.#svg = svg;
    this.#title = title;
    this.#prefix = `${title}.`;
    this.#names = names;
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.#draw();
  }

  /** @param values by name, or null. @param at ms */
  add(at, values) {
    this.#samples.push({ at, ...values });
    if (this.#samples.length > KEPT) this.#samples.shift();
    this.#draw();
    this.#describe(values);
  }

  #describe(values) {
    const texts = this.#names.map(name => translate('admin.plot.value', {
      name: { key: this.#prefix + name },
      value: values[name] === null ? '–' : round(values[name]),
    }));
    const seconds = Math.round((this.#samples.at(-1).at - this.#samples[0].at) / 1000);
    label(this.#svg, 'admin.plot', { title: { key: this.#title }, seconds, values: texts.join(', ') });
  }

  #draw() {
    const all = this.#samples.flatMap(sample => this.#names.map(name => sample[name])).filter(value => value !== null);
    const top = ceiling(Math.max(1, ...all));
    const end = this.#samples.at(-1)?.at ?? 0;
    const span = Math.max(60_000, end - (this.#samples[0]?.at ?? 0));
    const x = at => WIDTH - MARGIN.right - ((end - at) / span) * (WIDTH - MARGIN.left - MARGIN.right);
    const y = value => HEIGHT - MARGIN.bottom - (value / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    this.#svg.replaceChildren(...grid(top, y), ...ticks(span, end, x), ...this.#names.map(name => this.#curve(name, x, y)));
  }

  /** A gap where there is no value. */
  #curve(name, x, y) {
    let path = '';
    let pen = 'M';
    for (const sample of this.#samples) {
      if (sample[name] === null) {
        pen = 'M';
      } else {
        path += `${pen}${x(sample.at).toFixed(1)} ${y(sample[name]).toFixed(1)}`;
        pen = 'L';
      }
    }
    return element('path', { class: `curve ${name}`, d: path });
  }
}

function grid(top, y) {
  return [0, 0.25, 0.5, 0.75, 1].flatMap(part => [
    element('line', { class: 'grid', x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y(top * part), y2: y(top * part) }),
    text(round(top * part).toLocaleString('en').replaceAll(',', '\u202f'), { x: MARGIN.left - 8, y: y(top * part) + 4, 'text-anchor': 'end' }),
  ]);
}

function ticks(span, end, x) {
  const seconds = [];
  for (let ago = 0; ago * 1000 <= span; ago += span > 90_000 ? 60 : 15) seconds.push(ago);
  return seconds.map(ago => text(ago === 0 ? '0' : `−${ago}`, { x: x(end - ago * 1000), y: HEIGHT - 8, 'text-anchor': ago === 0 ? 'end' : 'middle' }));
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.find(step => step * power >= value) ?? 10) * power;
}

function round(value) {
  return Number(value.toPrecision(3));
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function text(content, attributes) {
  const made = element('text', attributes);
  made.textContent = content;
  return made;
}
