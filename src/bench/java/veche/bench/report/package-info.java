/** Reports of the figures: Markdown tables, JSON, and SVG plots. */
package veche.bench.report;
