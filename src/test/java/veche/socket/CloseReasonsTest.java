package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CloseReasonsTest {
    @Test
    void whatFitsIsLeftAsItIs() {
        assertEquals("", CloseFrame.cut(""));
        assertEquals("x".repeat(123), CloseFrame.cut("x".repeat(123)));
        assertEquals("ж".repeat(61) + "x", CloseFrame.cut("ж".repeat(61) + "x"));
    }

    @Test
    void theRestIsCutAtAWholeCharacter() {
        assertEquals("x".repeat(123), CloseFrame.cut("x".repeat(124)));
        assertEquals("ж".repeat(61), CloseFrame.cut("ж".repeat(62)));
        assertEquals("€".repeat(41), CloseFrame.cut("€".repeat(42)));
        assertEquals("🎻".repeat(30), CloseFrame.cut("🎻".repeat(31)));
        assertEquals("xx" + "🎻".repeat(30), CloseFrame.cut("xx" + "🎻".repeat(31)));
    }

    @Test
    void aCloseFrameCarriesItsCodeAndReasonUnmasked() {
        byte[] frame = {(byte) 0x88, 5, 0x03, (byte) 0xe9, 'b', 'y', 'e'};
        assertEquals(ByteBuffer.wrap(frame), CloseFrame.frame(1001, "bye"));
        assertEquals(127, CloseFrame.frame(1011, "x".repeat(123)).remaining());
    }
}
