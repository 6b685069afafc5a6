package veche.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** A logarithmic axis: maps values to pixels. */
final class LogAxis {
    private static final double[] STEPS = {1, 2, 5};
    private static final double MARGIN = 1.15;

    private final double min;
    private final double max;
    private final double from;
    private final double to;

    /** An axis for all values, from pixel {@code from} to pixel {@code to}. */
    LogAxis(DoubleStream values, double from, double to) {
        double[] sorted = values.sorted().toArray();
        min = sorted[0] / MARGIN;
        max = sorted[sorted.length - 1] * MARGIN;
        this.from = from;
        this.to = to;
    }

    /** The pixel of a value. */
    double pixel(double value) {
        return from + (to - from) * Math.log(value / min) / Math.log(max / min);
    }

    /** The values to label: 1, 2 and 5 of each decade, or only 1 if there are many decades. */
    List<Double> ticks() {
        boolean many = Math.log10(max / min) > 3;
        List<Double> ticks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(min))); decade <= max; decade *= 10) {
            for (double step : STEPS) {
                double tick = decade * step;
                if (tick >= min && tick <= max && (step == 1 || !many)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
