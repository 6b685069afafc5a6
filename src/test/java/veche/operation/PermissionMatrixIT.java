package veche.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.room.ModerationAction;
import veche.testing.DocumentSection;
import veche.testing.Token;

/** What each kind of user may do without rules or policies, observed at the sockets of a server. */
@Tag("operation")
class PermissionMatrixIT {
    private static final Path DOCUMENT = Path.of("src", "docs", "permission-matrix.md");
    private static final String COMMAND =
            "mvn failsafe:integration-test@pages-and-operation -Dit.test=PermissionMatrixIT -Dmatrix=write";
    private static final Map<String, String> HEADINGS = Map.of(
            "plain", "Plain text",
            "wamp.2.json", "WAMP v2",
            "wamp", "WAMP v1",
            "soap", "SOAP",
            "http", "HTTP");
    private static final Pattern OFFERED = Pattern.compile("offer(?:Meta)?\\(\\s*\"([a-z_.]+[a-z_])\"");
    private static final Pattern OPERATION = Pattern.compile("soapAction=\"urn:veche:chat:1/(\\w+)\"");
    private static final List<String> SENT_BY_THE_SERVER = List.of("Message", "Signal");

    @Test
    void theDocumentShowsTheObservedPermissions() throws Exception {
        TomcatNode node = TomcatNode.start("permissions", Map.of("VECHE_TOKEN_SECRET", Token.SECRET));
        StringBuilder tables = new StringBuilder();
        String dialect = "";
        int number = 0;
        for (MatrixEntry entry : MatrixEntry.all()) {
            if (!entry.dialect().equals(dialect)) {
                dialect = entry.dialect();
                tables.append(heading(dialect));
            }
            tables.append("| ").append(entry.label());
            for (MatrixSubject subject : MatrixSubject.values()) {
                try (MatrixCell cell = new MatrixCell(node.address(), entry, subject, ++number)) {
                    tables.append(" | ").append(shown(cell.outcome()));
                } catch (IOException | RuntimeException failure) {
                    throw new AssertionError(entry + " by " + subject, failure);
                }
            }
            tables.append(" |\n");
        }
        DocumentSection.verify(DOCUMENT, tables.append('\n').toString(), COMMAND);
    }

    private static String shown(String outcome) {
        return outcome.equals(MatrixCell.PERMITTED) ? outcome : "`" + outcome + "`";
    }

    private static String heading(String dialect) {
        return Stream.of(MatrixSubject.values())
                        .map(MatrixSubject::heading)
                        .collect(Collectors.joining(" | ", "\n## " + HEADINGS.get(dialect) + "\n\n| | ", " |\n"))
                + "|---".repeat(MatrixSubject.values().length + 1) + "|\n";
    }

    @Test
    void theMatrixHasARowForEveryProcedure() throws IOException {
        List<String> procedures = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/veche/dialect/wamp"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                procedures.addAll(found(OFFERED, source));
            }
        }
        Arrays.stream(ModerationAction.Type.values())
                .map(type -> "veche." + type.wireName())
                .forEach(procedures::add);
        assertTrue(procedures.size() > 40, procedures::toString);
        assertEquals(List.of(), missing(procedures, "wamp.2.json"));
    }

    @Test
    void theMatrixHasARowForEveryOperation() throws IOException {
        List<String> operations =
                new ArrayList<>(found(OPERATION, Path.of("src/main/resources/veche/dialect/soap/chat.wsdl")));
        operations.removeAll(SENT_BY_THE_SERVER);
        assertTrue(operations.size() > 20, operations::toString);
        assertEquals(List.of(), missing(operations, "soap"));
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> missing(List<String> names, String dialect) throws IOException {
        List<String> labels = MatrixEntry.all().stream()
                .filter(entry -> entry.dialect().equals(dialect))
                .map(MatrixEntry::label)
                .toList();
        return names.stream()
                .distinct()
                .filter(name -> labels.stream().noneMatch(label -> label.startsWith("`" + name + "`")))
                .toList();
    }
}
