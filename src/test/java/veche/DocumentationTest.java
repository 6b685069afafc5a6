package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verifies that the types and files named in the documentation exist. */
class DocumentationTest {
    private static final Path ARCHITECTURE = Path.of("src/docs/architecture.md");
    private static final Path README = Path.of("README.md");
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    private static final Path SECURITY = Path.of("SECURITY.md");
    private static final Path VERSIONING = Path.of("VERSIONING.md");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern NAMED_LINK = Pattern.compile("\\[`?([^]`]+)`?\\]\\(([^)#\\s]*)[^)]*\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    /** Capitalized with at least one lower-case letter, which excludes constants such as {@code HELLO}. */
    private static final String TYPE = "[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*";

    private static final Pattern TYPE_NAME = Pattern.compile("\\b" + TYPE + "\\b");
    private static final Pattern TYPE_ALONE = Pattern.compile("(" + TYPE + ")(\\.[a-z]\\w*)?(\\(.*\\))?");

    /** The text of each document by its path. */
    private static Map<Path, String> documents() throws IOException {
        Map<Path, String> documents = new TreeMap<>();
        List<Path> paths =
                new ArrayList<>(List.of(README, CONTRIBUTING, SECURITY, VERSIONING, Path.of("CHANGELOG.md")));
        for (Path folder : List.of(Path.of("src/docs"), Path.of("server-config"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(paths::add);
            }
        }
        for (Path path : paths) {
            documents.put(path, Files.readString(path));
        }
        return documents;
    }

    private static Set<String> types(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Every type name in the diagrams. */
    private static Set<String> inDiagrams(String document) {
        return BLOCK.matcher(document)
                .results()
                .filter(block -> block.group(1).equals("mermaid"))
                .flatMap(block -> TYPE_NAME.matcher(block.group(2)).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every type in code font; a member may follow it. */
    private static Set<String> inText(String document) {
        return CODE.matcher(prose(document))
                .results()
                .map(code -> TYPE_ALONE.matcher(code.group(1)))
                .filter(type -> type.matches())
                .map(type -> type.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String prose(String document) {
        return BLOCK.matcher(document).replaceAll("");
    }

    private static Set<String> without(Set<String> names, Set<String> known) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(known);
        return rest;
    }

    /** The anchors that GitHub generates for headings. */
    private static Set<String> anchors(String document) {
        return HEADING.matcher(prose(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The relative links whose file or heading does not exist. */
    private static List<String> broken(Map<Path, String> documents) {
        List<String> broken = new ArrayList<>();
        documents.forEach(
                (document, text) -> LINK.matcher(CODE.matcher(prose(text)).replaceAll("code"))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.matches("[a-z]+:.*"))
                        .filter(link -> !exists(documents, document, link))
                        .forEach(link -> broken.add(document + ": " + link)));
        return broken;
    }

    private static boolean exists(Map<Path, String> documents, Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        String text = documents.get(target);
        return (text != null || Files.exists(target))
                && (text == null || parts.length == 1 || anchors(text).contains(parts[1]));
    }

    /** The rows of the table "Where is …?": question and answer. */
    private static Map<String, String> questions(String contributing) {
        String section = contributing.replaceFirst("(?s).*\\n## Where is …\\?\\n", "");
        return section.lines()
                .filter(line -> line.matches("\\| .+\\? \\| .+ \\|"))
                .map(line -> line.split(" \\| ", 2))
                .collect(Collectors.toMap(row -> row[0].substring(2), row -> row[1], (a, b) -> b, TreeMap::new));
    }

    /** The questions without a link to a file of the name that the answer states. */
    private static List<String> unanswered(String contributing) {
        List<String> unanswered = new ArrayList<>();
        questions(contributing).forEach((question, answer) -> {
            List<MatchResult> links = NAMED_LINK.matcher(answer).results().toList();
            if (links.isEmpty() || !links.stream().allMatch(DocumentationTest::leadsToItsFile)) {
                unanswered.add(question);
            }
        });
        return unanswered;
    }

    private static boolean leadsToItsFile(MatchResult link) {
        Path target = Path.of(link.group(2));
        boolean type = link.group(1).matches(TYPE) && link.group(2).contains("src/main/java");
        return Files.exists(target) && (!type || target.endsWith(link.group(1) + ".java"));
    }

    @Test
    void newcomersFindEachAnswerInTwoLinks() throws IOException {
        List<String> first = LINK.matcher(prose(Files.readString(README)))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertTrue(first.contains("CONTRIBUTING.md#where-is-"), first::toString);
        String contributing = Files.readString(CONTRIBUTING);
        assertTrue(
                questions(contributing).size() >= 10,
                () -> questions(contributing).toString());
        assertEquals(List.of(), unanswered(contributing));
    }

    @Test
    void anUnansweredQuestionIsSeen() {
        String contributing = """
                Text
                ## Where is …?

                | question | answer |
                |---|---|
                | A? | [`Wiring`](src/main/java/veche/Wiring.java), [settings](src/docs/settings.md#settings) |
                | B? | in the code |
                | C? | [gone](src/docs/gone.md) |
                | D? | [`Settings`](src/main/java/veche/Wiring.java) |
                """;
        assertEquals(List.of("B?", "C?", "D?"), unanswered(contributing));
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertTrue(Files.readAllLines(README).size() <= 120);
    }

    @Test
    void typesInTheDiagramsExist() throws IOException {
        Set<String> named = inDiagrams(Files.readString(ARCHITECTURE));
        assertTrue(named.size() > 20, named::toString);
        assertEquals(Set.of(), without(named, types(MAIN)));
    }

    @Test
    void typesInTheTextExist() throws IOException {
        Set<String> named = inText(Files.readString(ARCHITECTURE));
        assertTrue(named.size() > 40, named::toString);
        Set<String> tests = named.stream().filter(name -> name.endsWith("Test")).collect(Collectors.toSet());
        assertEquals(Set.of(), without(without(named, tests), types(MAIN)));
        assertEquals(Set.of(), without(tests, types(TESTS)));
    }

    @Test
    void theTestsNamedInTheSecurityPolicyExist() throws IOException {
        Set<String> named = inText(Files.readString(SECURITY));
        named.removeIf(name -> !name.matches(".*(Test|IT|Contract)"));
        assertTrue(named.size() > 20, named::toString);
        assertEquals(Set.of(), without(named, types(TESTS)));
    }

    @Test
    void theTestsAndTypesNamedInTheVersioningExist() throws IOException {
        Set<String> named = inText(Files.readString(VERSIONING));
        assertTrue(named.size() > 10, named::toString);
        assertEquals(Set.of(), without(without(named, types(TESTS)), types(MAIN)));
    }

    @Test
    void relativeLinksLeadToFilesAndHeadings() throws IOException {
        assertEquals(List.of(), broken(documents()));
    }

    /** The classes of the shop are tested on all servers. */
    @Test
    void theExamplesOfTheOutboxInJavaAreCodeOfTheShop() throws IOException {
        StringBuilder shop = new StringBuilder();
        try (Stream<Path> files = Files.walk(TESTS.resolve("shop"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shop.append(Files.readString(file));
            }
        }
        List<String> examples = BLOCK.matcher(Files.readString(Path.of("src/docs/outbox.md")))
                .results()
                .filter(block -> block.group(1).equals("java"))
                .map(block -> block.group(2))
                .toList();
        assertEquals(2, examples.size());
        String code = withoutSpace(shop.toString());
        for (String example : examples) {
            assertTrue(code.contains(withoutSpace(example)), example);
        }
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s", "");
    }

    @Test
    void anUnknownTypeIsReported() {
        String document = """
                Text with `NoSuchType`, `NoSuchOther.member()` and `HELLO`.
                ```mermaid
                flowchart LR
                    Room -->|bytes| NoSuchBox
                ```
                """;
        assertEquals(Set.of("NoSuchBox"), without(inDiagrams(document), Set.of("Room")));
        assertEquals(Set.of("NoSuchType", "NoSuchOther"), inText(document));
    }

    @Test
    void aBrokenLinkIsReported() {
        Map<Path, String> documents = Map.of(
                Path.of("docs/a.md"),
                "# One, two\n[here](#one-two) [up](../b.md#three) [away](https://example.org/x)"
                        + " [no file](c.md) [no heading](../b.md#four) [own](#two)",
                Path.of("b.md"),
                "## Three\n");
        assertEquals(List.of("docs/a.md: c.md", "docs/a.md: ../b.md#four", "docs/a.md: #two"), broken(documents));
    }
}
