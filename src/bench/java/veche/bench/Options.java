package veche.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The command line; {@code src/bench/run} explains each option.
 *
 * @param plan what to measure
 * @param servers ids of the only servers to measure; empty for the plan's
 * @param kinds the only kinds of measure; empty for all
 * @param everyRow whether briefly measured servers get every row
 * @param war Veche's WAR
 * @param postgres JDBC URL of a database for one more row, or empty
 * @param rate messages a second for the latency measures; 0: half of what the table's base was seen to reach
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

    /** Reads the arguments. */
    static Options of(String[] arguments) {
        Words words = new Words(arguments);
        Set<Measure.Kind> kinds = new LinkedHashSet<>();
        words.list("--measures").forEach(name -> kinds.add(Measure.Kind.valueOf(name.toUpperCase())));
        Options options = new Options(
                plan(words),
                words.list("--servers"),
                kinds,
                words.flag("--every-row"),
                Path.of(words.value("--war", "target/veche.war")).toAbsolutePath(),
                words.value("--postgres", ""),
                Double.parseDouble(words.value("--rate", "0")),
                Integer.parseInt(words.value("--server-core", "0")),
                Integer.parseInt(words.value("--load-core", "1")));
        words.refuseRest();
        return options;
    }

    private static Plan plan(Words words) {
        if (words.flag("--deflate")) {
            return Plan.deflate();
        }
        return words.flag("--quick") ? Plan.brief() : Plan.full();
    }

    /** The arguments that nobody has asked for yet. */
    private static final class Words {
        private final Set<String> unread = new LinkedHashSet<>();

        Words(String[] arguments) {
            unread.addAll(Arrays.asList(arguments));
        }

        boolean flag(String name) {
            return unread.remove(name);
        }

        /** The value of {@code name=value}. */
        String value(String name, String otherwise) {
            String start = name + "=";
            for (String word : unread) {
                if (word.startsWith(start)) {
                    unread.remove(word);
                    return word.substring(start.length());
                }
            }
            return otherwise;
        }

        Set<String> list(String name) {
            String value = value(name, "");
            return value.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(value.split(",")));
        }

        void refuseRest() {
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException("Unknown: " + String.join(" ", unread));
            }
        }
    }
}
