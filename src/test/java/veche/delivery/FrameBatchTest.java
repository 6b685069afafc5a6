package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.room.Audience;

class FrameBatchTest {
    /** Reads the next frame as a client does (RFC 6455 §5.2). */
    private static byte[] read(ByteBuffer in, int first) {
        assertEquals(first, in.get() & 0xff);
        long length = in.get() & 0xff;
        if (length == 126) {
            length = in.getShort() & 0xffff;
            assertTrue(length > 125);
        } else if (length == 127) {
            length = in.getLong();
            assertTrue(length > 0xffff);
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        return payload;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000})
    void lengthsUseTheShortestEncoding(int length) {
        ByteBuffer data = ByteBuffer.allocate(length);
        ByteBuffer framed = FrameBatch.of(List.of(new Frame.Text("x".repeat(length)), new Frame.Binary(data)))
                .framed();
        assertEquals("x".repeat(length), new String(read(framed, 0x81), StandardCharsets.UTF_8));
        assertArrayEquals(new byte[length], read(framed, 0x82));
        assertFalse(framed.hasRemaining());
    }

    @Test
    void lengthsAreCountedInUtf8Bytes() {
        ByteBuffer framed =
                FrameBatch.of(List.of(new Frame.Text("ж".repeat(63)))).framed();
        assertEquals(4 + 126, framed.remaining());
        assertEquals("ж".repeat(63), new String(read(framed, 0x81), StandardCharsets.UTF_8));
    }

    @Test
    void everyWriterHasItsOwnPositionOverTheSameBytes() {
        FrameBatch batch = FrameBatch.of(List.of(new Frame.Text("shared")));
        ByteBuffer one = batch.framed();
        one.position(one.limit());
        assertEquals(8, batch.framed().remaining());
        assertTrue(one.array() == batch.framed().array());
    }

    @Test
    void aBinaryFrameHoldsOnlyTheRemainingBytesOfItsBuffer() {
        ByteBuffer part = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        ByteBuffer framed = FrameBatch.of(List.of(new Frame.Binary(part))).framed();
        assertArrayEquals(new byte[] {2, 3}, read(framed, 0x82));
    }

    @Test
    void aBatchAdmitsOnlyTheAudienceOfAllItsMessages() {
        Object ann = "ann";
        FrameBatch batch = new FrameBatch(
                0, 2, List.of(new Frame.Text("x")), List.of(Audience.EVERYONE, listener -> listener != ann));
        assertTrue(batch.admits("bob"));
        assertFalse(batch.admits(ann));
    }
}
