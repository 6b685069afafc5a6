package veche.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import veche.room.text.Graphemes;

/** Fuzz target: texts and display names, which are cut between grapheme clusters, and the keys of confusable names. */
class NameFuzzTest {
    private static final int MAX = 50;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "Анна Петрова",
                        "e\u0301\u200d👨‍👩‍👧",
                        "\u202eevil\u2066\u200b",
                        "क्\u200dष",
                        "Z\u0351\u036b\u0343a\u0489\u0489\u0489lgo",
                        "x".repeat(60) + "\u0301")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aTextIsCutAndANameIsCleaned(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String cut = Graphemes.cut(text, MAX);
        assertTrue(text.startsWith(cut));
        assertTrue(cut.codePointCount(0, cut.length()) <= MAX);
        assertEquals(cut, Graphemes.cut(cut, MAX));
        DisplayNames.cleaned(text).ifPresent(name -> {
            assertTrue(DisplayNames.visible(name), name);
            assertEquals(Optional.of(name), DisplayNames.cleaned(name));
            assertTrue(DisplayNames.visible(DisplayNames.numbered(name, 2)), name);
            assertEquals(NameKeys.of(name), NameKeys.of(name + " "), name);
        });
    }
}
