package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CloseReasonsTest {
    @Test
    void whatFitsIsLeftAsItIs() {
        assertEquals("", CloseReasons.cut(""));
        assertEquals("x".repeat(123), CloseReasons.cut("x".repeat(123)));
        assertEquals("ж".repeat(61) + "x", CloseReasons.cut("ж".repeat(61) + "x"));
    }

    @Test
    void theRestIsCutAtAWholeCharacter() {
        assertEquals("x".repeat(123), CloseReasons.cut("x".repeat(124)));
        assertEquals("ж".repeat(61), CloseReasons.cut("ж".repeat(62)));
        assertEquals("€".repeat(41), CloseReasons.cut("€".repeat(42)));
        assertEquals("🎻".repeat(30), CloseReasons.cut("🎻".repeat(31)));
        assertEquals("xx" + "🎻".repeat(30), CloseReasons.cut("xx" + "🎻".repeat(31)));
    }
}
