/** What is made of the figures: a Markdown table, JSON, and SVG plots. */
package veche.bench.report;
