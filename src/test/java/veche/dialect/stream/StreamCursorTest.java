package veche.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamCursorTest {
    @Test
    void aCursorIsGreaterThanTheOneThatTheClientHasSent() {
        long ahead = StreamCursor.now() + 1_000_000;
        assertTrue(StreamCursor.after(ahead) > ahead);
        assertEquals(StreamCursor.now(), StreamCursor.after(0), 1);
    }
}
