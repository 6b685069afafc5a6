package veche.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A histogram of disconnections and reconnections over time, as a self-contained SVG 1.1 document. */
final class Spread {
    private static final int WIDTH = 860;
    private static final int LEFT = 90;
    private static final int RIGHT = 840;
    private static final int BAND = 110;
    private static final int TOP = 70;
    private static final double SLICE_SECONDS = 0.5;

    private final long begin;
    private final List<Long> disconnections;
    private final List<Long> reconnections;

    Spread(List<Long> disconnections, List<Long> reconnections) {
        this.disconnections = disconnections;
        this.reconnections = reconnections;
        this.begin = disconnections.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    private int[] slices(List<Long> times, double seconds) {
        int[] counts = new int[(int) (last() / seconds) + 1];
        times.forEach(time -> counts[(int) (seconds(time) / seconds)]++);
        return counts;
    }

    private double seconds(long time) {
        return (time - begin) / 1e9;
    }

    /** The time from the first disconnection to the last reconnection, in seconds. */
    double last() {
        return reconnections.stream().mapToDouble(this::seconds).max().orElseThrow();
    }

    /** The number of disconnections in the busiest second. */
    int maxClosedPerSecond() {
        return busiest(disconnections);
    }

    /** The number of reconnections in the busiest second. */
    int maxReconnectedPerSecond() {
        return busiest(reconnections);
    }

    private int busiest(List<Long> times) {
        return Arrays.stream(slices(times, 1)).max().orElseThrow();
    }

    void plot(Path file, String title) throws IOException {
        StringBuilder svg = new StringBuilder();
        int bottom = TOP + 2 * BAND + 30;
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, bottom + 50);
        add(svg, " font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#333\">\n<title>%s</title>\n", title);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, bottom + 50);
        add(svg, "<text x=\"20\" y=\"32\" font-size=\"19\" font-weight=\"600\" fill=\"#111\">%s</text>\n", title);
        band(svg, "closed", disconnections, TOP + BAND, "#b4552d");
        band(svg, "recovered", reconnections, bottom, "#2d6fb4");
        for (int second = 0; second <= last(); second += last() > 100 ? 20 : last() > 20 ? 5 : 1) {
            add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", x(second), bottom + 20, second);
        }
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">seconds since the first close</text>\n</svg>\n",
                (LEFT + RIGHT) / 2,
                bottom + 40);
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg);
    }

    private void band(StringBuilder svg, String name, List<Long> times, int bottom, String colour) {
        int[] counts = slices(times, SLICE_SECONDS);
        int max = Arrays.stream(counts).max().orElseThrow();
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, bottom - 40, name);
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#666\">max %d</text>\n",
                LEFT - 8,
                bottom - 22,
                max);
        for (int n = 0; n < counts.length; n++) {
            double height = (BAND - 20.0) * counts[n] / max;
            add(
                    svg,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                    x(n * SLICE_SECONDS),
                    bottom - height,
                    Math.max(1, x(SLICE_SECONDS) - x(0) - 1),
                    height,
                    colour);
        }
        add(svg, "<path d=\"M%d %dH%d\" stroke=\"#888\"/>\n", LEFT, bottom, RIGHT);
    }

    private double x(double seconds) {
        return LEFT + (RIGHT - LEFT) * seconds / (last() + SLICE_SECONDS);
    }

    private static void add(StringBuilder svg, String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values));
    }
}
