package veche.room.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphemesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "👨\u200D👩\u200D👧",
                "e\u0301",
                "🇷🇺",
                "👍🏽",
                "\u1100\u1161\u11A8",
                "ก\u0E33",
                "1\uFE0F\u20E3",
                "\r\n",
                "❤\uFE0F"
            })
    void aClusterThatDoesNotFitIsOmittedEntirely(String cluster) {
        String letters = "x".repeat(49);
        assertEquals(letters, Graphemes.cut(letters + cluster, 50));
        String fitting = "x".repeat(50 - cluster.codePointCount(0, cluster.length())) + cluster;
        assertEquals(fitting, Graphemes.cut(fitting + "y", 50));
        assertEquals(fitting, Graphemes.cut(fitting, 50));
    }

    @Test
    void aPairOfRegionalIndicatorsIsNotSplit() {
        assertEquals("🇷🇺".repeat(12) + "x", Graphemes.cut("🇷🇺".repeat(12) + "x🇷🇺", 26));
    }

    @Test
    void aClusterLongerThanTheLimitIsCutAtACodePoint() {
        String tower = "e" + "\u0301".repeat(100_000);
        assertEquals("e" + "\u0301".repeat(49), Graphemes.cut(tower, 50));
        String emoji = "👩" + "\u200D👩".repeat(1000);
        String cut = Graphemes.cut(emoji, 50);
        assertEquals(50, cut.codePointCount(0, cut.length()));
        assertTrue(emoji.startsWith(cut));
    }

    @Test
    void anUnpairedSurrogateCountsAsOneCharacter() {
        assertEquals("\uD83D".repeat(50), Graphemes.cut("\uD83D".repeat(51), 50));
    }
}
