package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
