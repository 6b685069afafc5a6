package veche.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document between two markers, which a test generates from what it has observed. */
public final class DocumentSection {
    private static final String BEGIN = "<!-- matrix -->\n";
    private static final String END = "<!-- /matrix -->";

    private DocumentSection() {}

    /**
     * Compares the section with the observations; with {@code -Dmatrix=write} it is replaced.
     *
     * @param command shown where they differ
     * @throws AssertionError if they differ
     */
    public static void verify(Path document, String expected, String command) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        if (begin < BEGIN.length() || end < 0) {
            throw new IllegalStateException(document + " has no " + BEGIN + END);
        }
        if ("write".equals(System.getProperty("matrix"))) {
            Files.writeString(document, text.substring(0, begin) + expected + text.substring(end));
        } else {
            assertEquals(
                    expected,
                    text.substring(begin, end),
                    () -> document + " differs from the outcomes of this build. To accept these: " + command);
        }
    }
}
