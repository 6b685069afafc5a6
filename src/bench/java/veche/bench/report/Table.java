package veche.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Markdown table with a row for each measure, a column for each server, and ratios to one of the servers. */
public final class Table {
    private static final double BUSY = 0.95;
    private static final double IDLE = 0.9;
    private static final double DISTURBED = 0.25;

    private final Map<String, String> servers = new LinkedHashMap<>();
    private final Map<String, Map<String, Result>> rows = new LinkedHashMap<>();
    private final String base;

    /** A table of these results with ratios to the server with the id {@code base}. */
    public Table(List<Result> results, String base) {
        this.base = base;
        for (Result result : results) {
            servers.put(result.server(), result.title());
            rows.computeIfAbsent(result.row(), row -> new LinkedHashMap<>()).put(result.server(), result);
        }
    }

    /** The table and its notes. */
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
                    case "idle", "sent", "deflated" -> "%.1f".formatted(result.figure("kib_per_connection"));
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

    /** Rounds to three significant digits, the precision of such a measurement at most. */
    private static double rounded(double value) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2));
        return Math.round(value / unit) * unit;
    }

    private static String marks(Result result) {
        return (isDisturbed(result) ? " §" : "")
                + (isLoadTheLimit(result) ? " †" : "")
                + (isIncomplete(result) ? " ‡" : "");
    }

    /** Whether other processes used so much processor time that a ratio is not meaningful. */
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
                    notes.add("§ disturbed: processes other than server and load generator (for example a database)"
                            + " used more than %.2f processors; no ratio is given.".formatted(DISTURBED));
                }
                if (isLoadTheLimit(result)) {
                    notes.add("† the load generator was the limit.");
                }
                if (isIncomplete(result)) {
                    lost.add(
                            "%s, %s: %,.0f deliveries or results missing 8 s after the last message, %,.0f connections lost"
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
