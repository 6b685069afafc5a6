package veche.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Maps values to pixels by their logarithm, over whole decades or, if these waste space, over halves of them. */
final class LogAxis {
    private static final double[] STEPS = {1, 2, 5};
    private static final double MARGIN = 1.15;

    private final double least;
    private final double most;
    private final double from;
    private final double to;

    /** An axis that holds all values, from pixel {@code from} to pixel {@code to}. */
    LogAxis(DoubleStream values, double from, double to) {
        double[] sorted = values.sorted().toArray();
        least = sorted[0] / MARGIN;
        most = sorted[sorted.length - 1] * MARGIN;
        this.from = from;
        this.to = to;
    }

    /** Where a value lies. */
    double pixel(double value) {
        return from + (to - from) * Math.log(value / least) / Math.log(most / least);
    }

    /** Round values to be labelled: 1, 2 and 5 of each decade, or its 1 alone where there are many decades. */
    List<Double> ticks() {
        boolean many = Math.log10(most / least) > 3;
        List<Double> ticks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most; decade *= 10) {
            for (double step : STEPS) {
                double tick = decade * step;
                if (tick >= least && tick <= most && (step == 1 || !many)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
