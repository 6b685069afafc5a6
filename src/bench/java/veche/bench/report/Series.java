package veche.bench.report;

import java.util.SortedMap;

/**
 * One line of a plot.
 *
 * @param label written at its end
 * @param colour as SVG knows it
 * @param dashed for what is no server but a limit
 * @param points y by x, all above 0
 */
record Series(String label, String colour, boolean dashed, SortedMap<Double, Double> points) {}
