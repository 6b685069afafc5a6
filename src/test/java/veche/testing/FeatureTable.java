package veche.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The feature table of {@code src/docs/wamp.md}. */
public final class FeatureTable {
    private static final String BEGINNING = "| feature | Veche | announced as | test |";
    private static final int FEATURE = 1;
    private static final int ANNOUNCED = 3;
    private static final int TESTS = 4;
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<String[]> rows;

    private FeatureTable(List<String[]> rows) {
        this.rows = rows;
    }

    public static FeatureTable read() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/docs/wamp.md"));
        int heading = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith(BEGINNING))
                .findFirst()
                .orElseThrow());
        return new FeatureTable(lines.subList(heading + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .toList());
    }

    /** The features that a role announces according to the table, or the {@code authmethods}. */
    public Set<String> announced(String role) {
        return codes(ANNOUNCED).stream()
                .filter(name -> name.startsWith(role + "."))
                .map(name -> name.substring(role.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The roles named in the table, and {@code authmethods}. */
    public Set<String> roles() {
        return codes(ANNOUNCED).stream()
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The test classes named in the table. */
    public Collection<String> tests() {
        return codes(TESTS);
    }

    /** The names of the features. */
    public List<String> features() {
        return rows.stream().map(row -> row[FEATURE].strip()).toList();
    }

    private List<String> codes(int column) {
        return rows.stream()
                .flatMap(row -> CODE.matcher(row[column]).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
