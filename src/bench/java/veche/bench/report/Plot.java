package veche.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A line plot with logarithmic axes, as a self-contained SVG 1.1 document with a light background. */
final class Plot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 480;
    private static final int LEFT = 112;
    private static final int RIGHT = 650;
    private static final int TOP = 76;
    private static final int BOTTOM = 412;
    private static final int LINE = 18;

    private final StringBuilder svg = new StringBuilder();
    private final List<Series> series;
    private final LogAxis x;
    private final LogAxis y;

    /** A plot of one or more series with at least one point each. */
    Plot(List<Series> series) {
        this.series = series;
        x = new LogAxis(values(true), LEFT, RIGHT);
        y = new LogAxis(values(false), BOTTOM, TOP);
    }

    /** Draws the plot. */
    String svg(String title, String subtitle, String across, String up) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, HEIGHT);
        add(" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#333\">\n<title>%s</title>\n", title);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, HEIGHT);
        add("<text x=\"20\" y=\"32\" font-size=\"19\" font-weight=\"600\" fill=\"#111\">%s</text>\n", title);
        add("<text x=\"20\" y=\"54\" fill=\"#666\">%s</text>\n", subtitle);
        grid();
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", (LEFT + RIGHT) / 2, BOTTOM + 48, across);
        int middle = (TOP + BOTTOM) / 2;
        add("<text transform=\"translate(26 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n", middle, up);
        series.forEach(this::line);
        labels();
        return svg.append("</svg>\n").toString();
    }

    private void grid() {
        for (double tick : y.ticks()) {
            double at = y.pixel(tick);
            add("<path d=\"M%d %.1fH%d\" stroke=\"#e4e4e4\"/>", LEFT, at, RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", LEFT - 8, at + 4, number(tick));
        }
        for (double tick : x.ticks()) {
            double at = x.pixel(tick);
            add("<path d=\"M%.1f %dV%d\" stroke=\"#e4e4e4\"/>", at, TOP, BOTTOM);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", at, BOTTOM + 22, number(tick));
        }
        add("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n", LEFT, TOP, BOTTOM, RIGHT);
    }

    private void line(Series one) {
        StringBuilder path = new StringBuilder();
        one.points()
                .forEach((across, up) -> path.append(path.isEmpty() ? 'M' : 'L')
                        .append(format("%.1f %.1f", x.pixel(across), y.pixel(up))));
        String dash = one.dashed() ? " stroke-dasharray=\"5 4\"" : "";
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"%s/>", path, one.colour(), dash);
        one.points()
                .forEach((across, up) -> add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.6\" fill=\"%s\"/>",
                        x.pixel(across), y.pixel(up), one.colour()));
        svg.append('\n');
    }

    /** Labels each line at its end; labels that would overlap are moved down. */
    private void labels() {
        List<Series> ordered = new ArrayList<>(series);
        ordered.sort(Comparator.comparingDouble(this::end));
        double free = TOP - LINE;
        for (Series one : ordered) {
            double at = Math.max(end(one), free + LINE);
            free = at;
            double tip = x.pixel(one.points().lastKey());
            add(
                    "<path d=\"M%.1f %.1fL%d %.1f\" stroke=\"%s\" stroke-width=\"0.8\"/>",
                    tip, end(one), RIGHT + 14, at, one.colour());
            add("<text x=\"%d\" y=\"%.1f\" fill=\"%s\" font-weight=\"600\">", RIGHT + 18, at + 4, one.colour());
            add("%s</text>\n", one.label());
        }
    }

    private double end(Series one) {
        return y.pixel(one.points().get(one.points().lastKey()));
    }

    private DoubleStream values(boolean across) {
        return series.stream()
                .flatMap(one -> (across ? one.points().keySet() : one.points().values()).stream())
                .mapToDouble(Double::doubleValue);
    }

    private static String number(double value) {
        return value < 1 ? format("%.2g", value) : format("%,.0f", value);
    }

    private void add(String pattern, Object... values) {
        svg.append(format(pattern, values));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
