package veche.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot of values over seconds, with a logarithmic axis, as a self-contained SVG 1.1 document. One thread uses it. */
final class TimePlot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 840;
    private static final int TOP = 92;
    private static final int BOTTOM = 360;

    private final double seconds;
    private final double lowest;
    private final double highest;
    private final StringBuilder marks = new StringBuilder();
    private final List<String> legend = new ArrayList<>();

    /** @param lowest the value at the bottom; what is less is drawn there */
    TimePlot(double seconds, double lowest, double highest) {
        this.seconds = seconds;
        this.lowest = lowest;
        this.highest = highest;
    }

    private double x(double second) {
        return LEFT + (RIGHT - LEFT) * second / seconds;
    }

    private double y(double value) {
        double clamped = Math.min(highest, Math.max(lowest, value));
        return BOTTOM - (BOTTOM - TOP) * Math.log(clamped / lowest) / Math.log(highest / lowest);
    }

    /** Shades the time of a fault. */
    void shade(double from, double until, String label) {
        add(
                marks,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f3e3da\"/>\n",
                x(from),
                TOP,
                Math.max(1, x(until) - x(from)),
                BOTTOM - TOP);
        add(marks, "<text x=\"%.1f\" y=\"%d\" fill=\"#8a3f1d\">%s</text>\n", x(from) + 3, TOP + 14, label);
    }

    /** Adds points of one colour. */
    void points(List<double[]> points, String colour, String label) {
        add(marks, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" d=\"", colour);
        points.forEach(point -> add(marks, "M%.0f %.0fh1.5", x(point[0]), y(point[1])));
        marks.append("\"/>\n");
        legend.add("<tspan fill=\"" + colour + "\">■ " + label + "</tspan>");
    }

    /** Adds bars from the bottom. */
    void bars(List<double[]> bars, double width, String colour, String label) {
        for (double[] bar : bars) {
            add(
                    marks,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                    x(bar[0]),
                    y(bar[1]),
                    Math.max(1, x(width) - x(0) - 0.5),
                    BOTTOM - y(bar[1]),
                    colour);
        }
        legend.add("<tspan fill=\"" + colour + "\">■ " + label + "</tspan>");
    }

    void write(Path file, String title, String unit) throws IOException {
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, HEIGHT);
        add(svg, " font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#333\">\n<title>%s</title>\n", title);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, HEIGHT);
        add(svg, "<text x=\"20\" y=\"32\" font-size=\"19\" font-weight=\"600\" fill=\"#111\">%s</text>\n", title);
        add(svg, "<text x=\"20\" y=\"54\">%s</text>\n", String.join(" &#160; ", legend));
        add(svg, "<text x=\"20\" y=\"80\" fill=\"#666\">%s</text>\n", unit);
        svg.append(marks);
        for (double value = lowest; value <= highest * 1.01; value *= 10) {
            add(svg, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, y(value), RIGHT);
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>\n", LEFT - 8, y(value) + 4, value);
        }
        for (int second = 0; second <= seconds; second += seconds > 60 ? 10 : 5) {
            add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", x(second), BOTTOM + 20, second);
        }
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">seconds</text>\n</svg>\n",
                (LEFT + RIGHT) / 2,
                BOTTOM + 42);
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg);
    }

    private static void add(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values));
    }
}
