/** A live SVG plot of sent, received and buffered bytes, with a table. */
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 640;
const HEIGHT = 240;
const MARGIN = { left: 56, right: 12, top: 12, bottom: 28 };
const SERIES = ['sent', 'taken', 'buffered'];
const SHORTEST_SECONDS = 5;
const MIB = 1024 * 1024;

export class Plot {
  #svg;
  #table;
  #samples = [];
  #top = MIB;

  constructor(svg, table) {
    this.#svg = svg;
    this.#table = table;
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.begin(8 * MIB);
  }

  /** @param top the highest possible value */
  begin(top) {
    this.#samples = [];
    this.#top = top;
    this.#table.replaceChildren();
    this.#draw();
  }

  get last() {
    return this.#samples.at(-1);
  }

  get highest() {
    return Math.max(...this.#samples.map(({ buffered }) => buffered));
  }

  add(sample) {
    const second = Math.floor(sample.seconds);
    if (!this.last || second > Math.floor(this.last.seconds)) this.#row(sample);
    this.#samples.push(sample);
    this.#draw();
  }

  #row({ seconds, sent, taken, buffered }) {
    const row = document.createElement('tr');
    for (const value of [Math.floor(seconds), sent, taken, buffered]) {
      const cell = document.createElement('td');
      cell.textContent = value.toLocaleString('en').replaceAll(',', '\u202f');
      row.append(cell);
    }
    this.#table.append(row);
  }

  #draw() {
    const span = Math.max(SHORTEST_SECONDS, this.last?.seconds ?? 0);
    const x = seconds => MARGIN.left + (seconds / span) * (WIDTH - MARGIN.left - MARGIN.right);
    const y = value => HEIGHT - MARGIN.bottom - (value / this.#top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    this.#svg.replaceChildren(...this.#axes(span, x, y), ...this.#curves(x, y));
  }

  #axes(span, x, y) {
    const parts = [];
    const step = this.#top / 4;
    for (let value = 0; value <= this.#top; value += step) {
      parts.push(element('line', { class: 'grid', x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y(value), y2: y(value) }));
      parts.push(text(`${Number((value / MIB).toFixed(1))} MiB`, { x: MARGIN.left - 8, y: y(value) + 4, 'text-anchor': 'end' }));
    }
    const every = span > 20 ? 5 : span > 8 ? 2 : 1;
    for (let second = 0; second <= span; second += every) {
      parts.push(text(`${second}`, { x: x(second), y: HEIGHT - 8, 'text-anchor': 'middle' }));
    }
    return parts;
  }

  #curves(x, y) {
    if (this.#samples.length === 0) return [];
    const points = name => this.#samples.map(sample => `${x(sample.seconds).toFixed(1)},${y(sample[name]).toFixed(1)}`);
    const floor = `${x(this.last.seconds).toFixed(1)},${y(0)} ${x(this.#samples[0].seconds).toFixed(1)},${y(0)}`;
    return [
      element('polygon', { class: 'area buffered', points: `${points('buffered').join(' ')} ${floor}` }),
      ...SERIES.map(name => element('polyline', { class: `curve ${name}`, points: points(name).join(' ') })),
    ];
  }
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
