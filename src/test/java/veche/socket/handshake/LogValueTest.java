package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogValueTest {
    @ParameterizedTest
    @CsvSource({
        "token, token",
        "'two tokens', '\"two tokens\"'",
        "'a\r\nINFO forged=line', '\"a??INFO forged=line\"'",
        "'a \"quote\"', '\"a ''quote''\"'",
        "'', -"
    })
    void aValueIsASingleTokenOrQuotedAndNeverStartsALine(String text, String logged) {
        assertEquals(logged, LogValue.of(text));
        assertTrue(LogValue.of(text).lines().count() == 1);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0085', '\u009b', '\u2028', '\u2029', '\u202e', '\u200b', '\ud800'})
    void aCharacterThatTerminalsAndViewersObeyIsReplaced(char character) {
        assertEquals("a?b", LogValue.of("a" + character + "b"));
    }

    @Test
    void anyWhiteSpaceIsQuoted() {
        assertEquals("\"a\u00a0b=c\"", LogValue.of("a\u00a0b=c"));
    }

    @Test
    void aLongValueIsCut() {
        assertEquals("x".repeat(512) + "…", LogValue.of("x".repeat(8_000)));
    }
}
