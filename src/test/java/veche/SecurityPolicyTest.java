package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code SECURITY.md} names a defence and an existing test for every threat, and every limit with its default. */
class SecurityPolicyTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern NAME = Pattern.compile("`(veche\\.[a-z.-]+)`");
    /** The settings that bound what a client can make grow, by their names. */
    private static final Pattern LIMIT = Pattern.compile("veche\\..*\\bmax-.*|veche\\.limit\\..*|veche\\..*\\btimeout");

    private static final Pattern ANSWER = Pattern.compile("above|close[sd]|answer|refuse|the same");
    private static final Pattern TEST = Pattern.compile("`(\\w+(Test|IT|Contract))`");

    private record Row(String first, String second, String third) {}

    private static List<Row> rows(String document, String section) {
        Matcher found = Pattern.compile("(?s)\\n## " + section + "\\n(.*?)(?=\\n## |\\z)")
                .matcher(document);
        assertTrue(found.find(), section);
        return ROW.matcher(found.group(1))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .skip(1)
                .filter(row -> !row.first().startsWith("--"))
                .toList();
    }

    /** The default of each setting; a row may have several names with as many defaults. */
    private static Map<String, String> defaults(List<Row> rows) {
        Map<String, String> defaults = new TreeMap<>();
        for (Row row : rows) {
            List<String> names = NAME.matcher(row.first())
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            String[] values = row.second().split(", ");
            for (int i = 0; i < names.size(); i++) {
                defaults.put(names.get(i), values[Math.min(i, values.length - 1)]);
            }
        }
        return defaults;
    }

    private static List<Row> settings() throws IOException {
        return rows("\n## Settings\n" + Files.readString(Path.of("src/docs/settings.md")), "Settings");
    }

    private static String policy() throws IOException {
        return Files.readString(Path.of("SECURITY.md"));
    }

    /** A limit that is not listed states its answer in the table of the settings. */
    @Test
    void everyLimitHasAnAnswerAndTheListedOnesHaveTheirDefaults() throws IOException {
        Map<String, String> listed = defaults(rows(policy(), "Limits"));
        assertTrue(listed.size() > 20, listed::toString);
        Map<String, String> all = defaults(settings());
        all.keySet().retainAll(listed.keySet());
        assertEquals(all, listed);
        List<String> unanswered = new ArrayList<>();
        for (Row row : settings()) {
            boolean states = ANSWER.matcher(row.third()).find();
            for (String name : defaults(List.of(row)).keySet()) {
                if (LIMIT.matcher(name).matches() && !states && !listed.containsKey(name)) {
                    unanswered.add(name);
                }
            }
        }
        assertEquals(List.of(), unanswered);
    }

    @Test
    void everyThreatHasATestThatExists() throws IOException {
        Set<String> tests;
        try (var files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        List<Row> threats = rows(policy(), "Threats");
        assertTrue(threats.size() > 20, threats::toString);
        for (Row threat : threats) {
            List<String> named = TEST.matcher(threat.third())
                    .results()
                    .map(test -> test.group(1))
                    .toList();
            assertTrue(!named.isEmpty() && tests.containsAll(named), threat::toString);
        }
    }

    @Test
    void severalNamesShareOneRow() {
        List<Row> rows = rows(
                "\n## Limits\n| limit | default | answer |\n|---|---|---|\n| `veche.a`, `veche.b` | 1, 2 | c |\n",
                "Limits");
        assertEquals(Map.of("veche.a", "1", "veche.b", "2"), defaults(rows));
        assertEquals(List.of("c"), Arrays.asList(rows.get(0).third()));
    }
}
