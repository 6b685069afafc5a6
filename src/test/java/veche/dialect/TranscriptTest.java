package veche.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.TranscriptServer;
import veche.testing.Transcript;

/** The server behaves as the transcripts state, and the documentation quotes them without changes. */
class TranscriptTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");
    private static final Path DOCUMENTS = Path.of("src/docs");
    private static final Pattern QUOTE = Pattern.compile(
            "<!-- transcript: (\\S+) -->\\n(?:```text\\n(.*?)^```$)?", Pattern.DOTALL | Pattern.MULTILINE);

    /** A server that sends these frames, whatever it receives. */
    private static final class Scripted implements Transcript.Server {
        private final List<String> received = new ArrayList<>();
        private final Queue<String> frames;

        Scripted(String... frames) {
            this.frames = new ArrayDeque<>(List.of(frames));
        }

        @Override
        public void send(String client, String frame) {
            received.add(frame);
        }

        @Override
        public Optional<String> next(String client) {
            return Optional.ofNullable(frames.poll());
        }

        @Override
        public List<String> rest() {
            return List.copyOf(frames);
        }

        @Override
        public void close() {
            frames.clear();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> theServerBehavesAsStated() throws IOException {
        List<Path> files = files(TRANSCRIPTS);
        assertTrue(files.size() >= 20, files::toString);
        return files.stream()
                .map(file -> dynamicTest(TRANSCRIPTS.relativize(file).toString(), file.toUri(), () -> {
                    Transcript.parse(Files.readString(file)).play(TranscriptServer::new);
                }));
    }

    @Test
    void everyTranscriptCitesItsSource() throws IOException {
        for (Path file : files(TRANSCRIPTS)) {
            String title = Transcript.parse(Files.readString(file)).title();
            assertTrue(title.matches(".+ \\(.+\\)"), file + ": " + title);
        }
    }

    /** The quotes that differ from their transcripts, and the number of all. */
    private record Quotes(int count, List<String> wrong) {
        static Quotes of(String document) throws IOException {
            List<String> wrong = new ArrayList<>();
            Matcher quote = QUOTE.matcher(document);
            int count = 0;
            for (; quote.find(); count++) {
                Path file = TRANSCRIPTS.resolve(quote.group(1));
                if (!Files.exists(file) || !Files.readString(file).equals(quote.group(2))) {
                    wrong.add(quote.group(1));
                }
            }
            return new Quotes(count, wrong);
        }
    }

    @Test
    void theDocumentationQuotesTranscriptsWithoutChanges() throws IOException {
        int count = 0;
        for (Path document : files(DOCUMENTS)) {
            if (document.toString().endsWith(".md")) {
                Quotes quotes = Quotes.of(Files.readString(document));
                assertEquals(List.of(), quotes.wrong(), document::toString);
                count += quotes.count();
            }
        }
        assertTrue(count >= 5, "quotes: " + count);
    }

    @Test
    void aWrongQuoteIsSeen() throws IOException {
        String transcript = Files.readString(TRANSCRIPTS.resolve("plain/no-history.txt"));
        String right = "<!-- transcript: plain/no-history.txt -->\n```text\n" + transcript + "```\n";
        assertEquals(new Quotes(1, List.of()), Quotes.of(right));
        assertEquals(
                List.of("plain/no-history.txt"),
                Quotes.of(right.replace("After", "Later")).wrong());
        assertEquals(
                List.of("plain/none.txt"),
                Quotes.of(right.replace("no-history", "none")).wrong());
        assertEquals(
                List.of("plain/echo.txt"),
                Quotes.of("<!-- transcript: plain/echo.txt -->\nText").wrong());
    }

    private static AssertionError failure(String lines, String... frames) {
        Transcript transcript = Transcript.parse("# Behaviour (source)\n" + lines);
        return assertThrows(AssertionError.class, () -> transcript.play(settings -> new Scripted(frames)));
    }

    @Test
    void aDifferentFrameFailsWithItsLineAndTheDifference() {
        assertEquals("""
                Line 3: the server sent another frame
                  expected: Hello, {name}
                  actual:   Help, Ann
                               ^""", failure("> Hi\n< Hello, {name}", "Help, Ann").getMessage());
    }

    @Test
    void aMissingFrameFailsWithItsLine() {
        assertEquals(
                "Line 4: the server sent nothing instead of\n  Two",
                failure("> Hi\n< One\n< Two", "One").getMessage());
    }

    @Test
    void aFrameThatNoLineStatesFails() {
        assertTrue(failure("> Hi\n< One", "One", "Two").getMessage().endsWith("the server sent:\nTwo"));
    }

    @Test
    void aWrongTranscriptOfTheServerFails() {
        Transcript wrong = Transcript.parse("# Behaviour (source)\n> GET /chat\n< 101\n> Hello\n< Hello\n> Again");
        AssertionError failure = assertThrows(AssertionError.class, () -> wrong.play(TranscriptServer::new));
        assertEquals("After the last line the server sent:\n< Again", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "> Hello", "# Title\nHello", "# Title\n continued", "# Title\n> Hi\n= veche.lab true"})
    void aLineOfNoKnownKindIsRejected(String text) {
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1, {\"a\": {b}, \"c\": \"x\"}] | [1,{\"c\":\"x\",\"a\":7}]",
                "[36, {n}, \"{n}\"]             | [36,5,\"5\"]",
                "[1, {…}, {…}]                  | [1,{\"a\":[2]},null]",
                "<at>{time}</at>                | <at>2026-01-31T12:00:00.000Z</at>",
                "id {id}, again {id}            | id a-1, again a-1",
            })
    void aPlaceholderStandsForItsValue(String expected, String actual) {
        Transcript.parse("# Behaviour (source)\n< " + expected).play(settings -> new Scripted(actual));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1, {\"a\": {b}}]   | [1,{\"a\":7,\"c\":8}]",
                "[36, {n}, {n}]      | [36,5,6]",
                "at {time}           | at noon",
                "Hello               | [1]",
            })
    void anotherValueFails(String expected, String actual) {
        assertTrue(failure("< " + expected, actual).getMessage().startsWith("Line 2: "));
    }

    @Test
    void aClientSendsTheValuesThatItHasReceived() {
        Scripted server = new Scripted("[2, 7]");
        Transcript.parse("# Behaviour (source)\n= veche.lab true\n< [2, {session}]\n> [3,\n   {session}]")
                .play(settings -> {
                    assertEquals(Map.of("veche.lab", "true"), settings);
                    return server;
                });
        assertEquals(List.of("[3, 7]"), server.received);
        assertTrue(failure("> {session}").getMessage().contains("has not sent {session} before"));
    }
}
