package veche.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cases in {@code src/docs/rfc6455-conformance.md} whose outcome on one server may differ from OK. */
final class Conformance {
    /** The number of cases run on each server. */
    static final int COUNT = 255;

    private static final Path DOCUMENT = Path.of("src", "docs", "rfc6455-conformance.md");
    private static final List<String> SERVERS = List.of("payara", "wildfly", "tomcat10", "tomcat11");
    private static final Set<String> OK = Set.of("OK");

    private final Map<String, Set<String>> outcomes = new LinkedHashMap<>();

    static Conformance of(String server) throws IOException {
        Conformance listed = new Conformance();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.matches("\\| \\d.*")) {
                listed.add(line.substring(1).split("\\|"), SERVERS.indexOf(server));
            }
        }
        return listed;
    }

    private void add(String[] cells, int server) {
        String reason = cells[SERVERS.size() + 1].strip();
        if (reason.isEmpty()) {
            throw new IllegalStateException(cells[0] + " has no reason");
        }
        Set<String> outcome = Set.copyOf(Arrays.asList(cells[server + 1].strip().split(" or ")));
        for (String name : cells[0].strip().split(", ")) {
            if (outcomes.put(name, outcome) != null) {
                throw new IllegalStateException(name + " is listed twice");
            }
        }
    }

    Set<String> cases() {
        return outcomes.keySet();
    }

    /** The closing handshake must be OK too, or informational where the case may be. */
    boolean allows(String name, String outcome, String close) {
        Set<String> allowed = outcomes.getOrDefault(name, OK);
        return allowed.contains(outcome)
                && (close.equals("OK") || close.equals("INFORMATIONAL") && allowed.contains(close));
    }
}
