package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CloseFrameTest {
    @Test
    void aReasonThatFitsIsUnchanged() {
        assertEquals("", CloseFrame.truncate(""));
        assertEquals("x".repeat(123), CloseFrame.truncate("x".repeat(123)));
        assertEquals("ж".repeat(61) + "x", CloseFrame.truncate("ж".repeat(61) + "x"));
    }

    @Test
    void aLongReasonIsTruncatedAtACharacterBoundary() {
        assertEquals("x".repeat(123), CloseFrame.truncate("x".repeat(124)));
        assertEquals("ж".repeat(61), CloseFrame.truncate("ж".repeat(62)));
        assertEquals("€".repeat(41), CloseFrame.truncate("€".repeat(42)));
        assertEquals("🎻".repeat(30), CloseFrame.truncate("🎻".repeat(31)));
        assertEquals("xx" + "🎻".repeat(30), CloseFrame.truncate("xx" + "🎻".repeat(31)));
    }

    @Test
    void aCloseFrameHasItsCodeAndReasonUnmasked() {
        byte[] frame = {(byte) 0x88, 5, 0x03, (byte) 0xe9, 'b', 'y', 'e'};
        assertEquals(ByteBuffer.wrap(frame), CloseFrame.of(1001, "bye"));
        assertEquals(127, CloseFrame.of(1011, "x".repeat(123)).remaining());
    }
}
