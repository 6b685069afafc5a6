package veche.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.DocumentSection;

/** Runs after the tests of all servers: prints the outcomes and compares the documents with them. */
@Tag("matrix")
class MatrixIT {
    private static final List<String> SERVERS = List.of("payara", "wildfly", "tomcat10", "tomcat11");
    /** The tests of the pages and of server-config, which start their servers themselves. */
    private static final String OTHERS = "pages-and-operation";

    private static final Path SERVERS_PAGE = Path.of("src", "docs", "servers.md");
    private static final Path HANDSHAKES = Path.of("src", "docs", "handshakes.md");
    private static final String COMMAND = "mvn failsafe:integration-test@matrix -Dmatrix=write";

    /** Of the two processes that ran the tests. */
    private static List<JsonObject> outcomes(String run) {
        return Stream.of("-fork-1.json", "-fork-2.json")
                .map(end -> read(OutcomeRecorder.SEEN.resolve(run + end), run))
                .toList();
    }

    private static JsonObject read(Path file, String run) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new IllegalStateException("The tests of " + run + " have not run: " + e, e);
        }
    }

    /** Different outcomes are joined. */
    private static Optional<String> seen(String server, Behaviour behaviour) {
        return outcomes(server).stream()
                .map(outcomes -> outcomes.getJsonObject("seen").getString(behaviour.name(), null))
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .reduce((one, other) -> one + ", " + other);
    }

    private static String name(String server) {
        String version = System.getProperty(server + ".version");
        return switch (server) {
            case "payara" -> "Payara Micro " + version;
            case "wildfly" -> "WildFly " + version.replace(".Final", "");
            case "tomcat10", "tomcat11" -> "Tomcat " + version;
            default -> server;
        };
    }

    private static List<String> runs() {
        return Stream.concat(SERVERS.stream(), Stream.of(OTHERS)).toList();
    }

    private static String row(String label, UnaryOperator<String> cell) {
        return SERVERS.stream().map(cell).collect(Collectors.joining(" | ", "| " + label + " | ", " |\n"));
    }

    private static String matrix() {
        StringBuilder table = new StringBuilder(row("", MatrixIT::name));
        table.append("|---".repeat(SERVERS.size() + 1)).append("|\n");
        for (Behaviour behaviour : Behaviour.values()) {
            table.append(row(behaviour.text(), server -> seen(server, behaviour).orElse("not seen")));
        }
        return table.toString();
    }

    private static void print(String text) {
        System.out.print(text);
    }

    @Test
    void theDocumentShowsTheMatrixOfThisBuild() throws IOException {
        String matrix = matrix();
        Files.writeString(OutcomeRecorder.SEEN.resolveSibling("matrix.md"), matrix);
        runs().forEach(MatrixIT::printCounts);
        print(matrix);
        print(new SlowestClasses(Path.of("target", "surefire-reports"), Path.of("target", "failsafe-reports"))
                .toString());
        // Last, since of a long log only the end is kept.
        runs().forEach(MatrixIT::printFailures);
        assertEquals(List.of(), missing(), "Behaviours that no test has observed");
        DocumentSection.verify(SERVERS_PAGE, matrix, COMMAND);
    }

    private static void printCounts(String run) {
        outcomes(run)
                .forEach(outcomes -> print("Tests of " + name(run) + ": " + outcomes.getJsonObject("tests") + "\n"));
    }

    private static void printFailures(String run) {
        outcomes(run).stream()
                .flatMap(outcomes -> outcomes.getJsonArray("failed").getValuesAs(JsonString::getString).stream())
                .forEach(test -> print("FAILED of " + name(run) + ": " + test + "\n"));
    }

    private static List<String> missing() {
        return SERVERS.stream()
                .flatMap(server -> Arrays.stream(Behaviour.values())
                        .filter(one -> seen(server, one).isEmpty())
                        .map(one -> server + " " + one))
                .toList();
    }

    @Test
    void theDocumentShowsTheCapturedHandshakes() throws IOException {
        StringBuilder shown = new StringBuilder();
        for (String server : SERVERS) {
            String bytes =
                    Files.readString(Path.of("target", "handshakes", server + ".txt"), StandardCharsets.ISO_8859_1);
            assertEquals(bytes, bytes.replace("\n", "").replace("\r", "\r\n"), "All lines end in CR LF");
            String steady = bytes.replace("\r\n", "\n")
                    .replaceAll("(?m)^Host: .*", "Host: 127.0.0.1:8080")
                    .replaceAll("ws://127\\.0\\.0\\.1:\\d+/", "ws://127.0.0.1:8080/")
                    .replaceAll("(?m)^Date: .*", "Date: Tue, 24 Nov 2026 00:00:00 GMT");
            shown.append("### ").append(name(server)).append("\n\n```http\n");
            shown.append(steady.strip()).append("\n```\n\n");
        }
        DocumentSection.verify(HANDSHAKES, shown.toString(), COMMAND);
    }
}
