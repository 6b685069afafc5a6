package veche.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The command-line options; {@code src/bench/run} describes each.
 *
 * @param plan the measures
 * @param servers the ids of the servers to measure; empty for those of the plan
 * @param kinds the kinds of measurement; empty for all
 * @param everyRow whether all rows are measured also for servers that are measured briefly
 * @param war Veche's WAR
 * @param postgres JDBC URL of a database for an additional server, or empty
 * @param rate messages per second of the latency measures; 0 for half of the measured maximum of the table's base
 * @param serverCore the core for servers
 * @param loadCore the core for the load generator
 */
record Options(
        Plan plan,
        Set<String> servers,
        Set<Measure.Kind> kinds,
        boolean everyRow,
        Path war,
        String postgres,
        double rate,
        int serverCore,
        int loadCore) {

    /** Parses the arguments. */
    static Options of(String[] arguments) {
        Arguments parsed = new Arguments(arguments);
        Set<Measure.Kind> kinds = new LinkedHashSet<>();
        parsed.list("--measures").forEach(name -> kinds.add(Measure.Kind.valueOf(name.toUpperCase())));
        Options options = new Options(
                plan(parsed),
                parsed.list("--servers"),
                kinds,
                parsed.flag("--every-row"),
                Path.of(parsed.value("--war", "target/veche.war")).toAbsolutePath(),
                parsed.value("--postgres", ""),
                Double.parseDouble(parsed.value("--rate", "0")),
                Integer.parseInt(parsed.value("--server-core", "0")),
                Integer.parseInt(parsed.value("--load-core", "1")));
        parsed.rejectUnknown();
        return options;
    }

    private static Plan plan(Arguments parsed) {
        if (parsed.flag("--deflate")) {
            return Plan.deflate();
        }
        return parsed.flag("--quick") ? Plan.brief() : Plan.full();
    }

    /** The arguments, of which those that were read are removed. */
    private static final class Arguments {
        private final Set<String> unread = new LinkedHashSet<>();

        Arguments(String[] arguments) {
            unread.addAll(Arrays.asList(arguments));
        }

        boolean flag(String name) {
            return unread.remove(name);
        }

        /** The value of {@code name=value}. */
        String value(String name, String otherwise) {
            String start = name + "=";
            for (String argument : unread) {
                if (argument.startsWith(start)) {
                    unread.remove(argument);
                    return argument.substring(start.length());
                }
            }
            return otherwise;
        }

        Set<String> list(String name) {
            String value = value(name, "");
            return value.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(value.split(",")));
        }

        void rejectUnknown() {
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException("Unknown: " + String.join(" ", unread));
            }
        }
    }
}
