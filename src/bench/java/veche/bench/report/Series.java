package veche.bench.report;

import java.util.SortedMap;

/**
 * One line of a plot.
 *
 * @param label the label at its end
 * @param colour an SVG colour
 * @param dashed whether the line is dashed, as for limits
 * @param points y by x, all positive
 */
record Series(String label, String colour, boolean dashed, SortedMap<Double, Double> points) {}
