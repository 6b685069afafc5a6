package veche.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Results as a Markdown table: a row for each measure, a column for each server, ratios to one of them. */
public final class Table {
    private static final double BUSY = 0.95;
    private static final double IDLE = 0.9;
    private static final double DISTURBED = 0.25;

    private final Map<String, String> servers = new LinkedHashMap<>();
    private final Map<String, Map<String, Result>> rows = new LinkedHashMap<>();
    private final String base;

    /** A table of these results, with ratios to the server whose id is {@code base}. */
    public Table(List<Result> results, String base) {
        this.base = base;
        for (Result result : results) {
            servers.put(result.server(), result.title());
            rows.computeIfAbsent(result.row(), row -> new LinkedHashMap<>()).put(result.server(), result);
        }
    }

    /** The table and what is to be said about its figures. */
    public String markdown() {
        StringBuilder text = new StringBuilder("| |");
        servers.values().forEach(title -> text.append(' ').append(title).append(" |"));
        text.append("\n|---|").append("---:|".repeat(servers.size())).append('\n');
        rows.forEach((row, cells) -> text.append("| ")
                .append(row)
                .append(" | ")
                .append(servers.keySet().stream()
                        .map(server -> cell(cells, server))
                        .collect(joining(" | ")))
                .append(" |\n"));
        return text.append(notes()).toString();
    }

    private String cell(Map<String, Result> cells, String server) {
        Result result = cells.get(server);
        if (result == null) {
            return "–";
        }
        Result reference = cells.get(base);
        return switch (result.kind()) {
                    case "idle", "talked", "deflated" -> "%.1f".formatted(result.figure("kib_per_connection"));
                    case "latency" ->
                        "p50 %.1f, p99 %.1f"
                                .formatted(result.figure("latency_p50_ms"), result.figure("latency_p99_ms"));
                    case "connects" -> rate("connects_per_s", result, reference);
                    case "calls" -> rate("calls_per_s", result, reference);
                    default -> rate("deliveries_per_s", result, reference);
                }
                + marks(result);
    }

    private static String rate(String figure, Result result, Result reference) {
        String rate = "%,.0f".formatted(rounded(result.figure(figure)));
        if (reference == null || reference == result || isDisturbed(result) || isDisturbed(reference)) {
            return rate;
        }
        return rate + " (%.1f ×)".formatted(result.figure(figure) / reference.figure(figure));
    }

    /** Three significant digits; more would claim a precision that no such run has. */
    private static double rounded(double value) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2));
        return Math.round(value / unit) * unit;
    }

    private static String marks(Result result) {
        return (isDisturbed(result) ? " §" : "")
                + (isLoadTheLimit(result) ? " †" : "")
                + (isIncomplete(result) ? " ‡" : "");
    }

    /** A ratio to or of such a figure would say more of its neighbours than of the server. */
    private static boolean isDisturbed(Result result) {
        return result.figures().getOrDefault("others_cpu", 0.0) > DISTURBED;
    }

    private static boolean isLoadTheLimit(Result result) {
        return result.figure("load_cpu") > BUSY && result.figure("server_cpu") < IDLE;
    }

    private static boolean isIncomplete(Result result) {
        return result.figure("missing") > 0 || result.figure("lost_connections") > 0;
    }

    private String notes() {
        Set<String> notes = new LinkedHashSet<>();
        List<String> lost = new ArrayList<>();
        for (Map<String, Result> cells : rows.values()) {
            for (Result result : cells.values()) {
                if (isDisturbed(result)) {
                    notes.add("§ not a quiet machine: processes other than server and load (a database counts as one)"
                            + " used more than %.2f processors meanwhile; no ratio is given.".formatted(DISTURBED));
                }
                if (isLoadTheLimit(result)) {
                    notes.add("† the load generator was the limit.");
                }
                if (isIncomplete(result)) {
                    lost.add(
                            "%s, %s: %,.0f deliveries or results still due 8 s after the last message, %,.0f connections lost"
                                    .formatted(
                                            result.title(),
                                            result.row(),
                                            result.figure("missing"),
                                            result.figure("lost_connections")));
                }
            }
        }
        if (!lost.isEmpty()) {
            notes.add("‡ " + String.join("; ", lost) + ".");
        }
        return notes.stream().map(note -> "\n" + note + "\n").collect(joining());
    }
}
