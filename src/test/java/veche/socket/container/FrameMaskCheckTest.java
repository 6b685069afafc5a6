package veche.socket.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameMaskCheckTest {
    private static final int TEXT = 0x81;
    private static final int TEXT_BEGINS = 0x01;
    private static final int CONTINUATION_ENDS = 0x80;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;
    private static final byte[] UNMASKED = {(byte) TEXT, 1, 'x'};

    private final FrameMaskCheck check = new FrameMaskCheck();

    /** A masked frame whose payload would look like unmasked frames if it were read as headers. */
    private static byte[] frame(int first, int length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length < 1 << 16) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        return Arrays.copyOf(header.putInt(0).array(), header.position() + length);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private int read(byte[] bytes) {
        return check.firstInvalid(ByteBuffer.wrap(bytes));
    }

    @Test
    void aMaskedFrameIsAcceptedAndAnUnmaskedOneDetected() {
        assertEquals(FrameMaskCheck.NONE, read(frame(TEXT, 1)));
        assertEquals(0, read(UNMASKED));
    }

    @Test
    void anEmptyBufferIsAccepted() {
        assertEquals(FrameMaskCheck.NONE, read(new byte[0]));
        assertEquals(0, read(UNMASKED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 200_000})
    void aPayloadOfAnyLengthIsSkipped(int length) {
        byte[] frame = frame(TEXT, length);
        assertEquals(frame.length, read(concatenated(frame, UNMASKED, frame)));
    }

    @Test
    void controlFramesBetweenFragmentsInOneBufferAreChecked() {
        byte[] masked = concatenated(
                frame(TEXT_BEGINS, 300),
                frame(PING, 4),
                frame(CONTINUATION_ENDS, 0),
                frame(CLOSE, 2),
                frame(TEXT, 126));
        assertEquals(FrameMaskCheck.NONE, read(masked));
        assertEquals(masked.length, read(concatenated(masked, new byte[] {(byte) PING, 0})));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 300, 70_000})
    void framesMaySpanBuffers(int length) {
        byte[] masked = concatenated(frame(TEXT, length), frame(PING, 3));
        byte[] all = concatenated(masked, UNMASKED);
        for (int cut = 0; cut <= all.length; cut += cut < 20 || cut > length ? 1 : 997) {
            FrameMaskCheck fresh = new FrameMaskCheck();
            ByteBuffer data = ByteBuffer.wrap(all);
            int first = fresh.firstInvalid(data.limit(cut));
            assertEquals(cut < masked.length + 2 ? FrameMaskCheck.NONE : masked.length, first, "cut at " + cut);
            if (first == FrameMaskCheck.NONE) {
                data.limit(all.length).position(cut);
                assertEquals(Math.max(cut, masked.length), fresh.firstInvalid(data), "cut at " + cut);
                assertEquals(cut, data.position());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 300, 70_000})
    void framesMayArriveByteByByte(int length) {
        byte[] masked = concatenated(frame(TEXT, length), frame(PING, 3));
        for (byte next : masked) {
            assertEquals(FrameMaskCheck.NONE, read(new byte[] {next}));
        }
        assertEquals(FrameMaskCheck.NONE, read(new byte[] {UNMASKED[0]}));
        assertEquals(0, read(new byte[] {UNMASKED[1]}));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 3})
    void anExcessiveLengthSkipsAllFurtherBytes(long length) {
        byte[] header = ByteBuffer.allocate(10)
                .put((byte) TEXT)
                .put((byte) 0xFF)
                .putLong(length)
                .array();
        assertEquals(FrameMaskCheck.NONE, read(header));
        assertEquals(FrameMaskCheck.NONE, read(new byte[1 << 16]));
        assertEquals(FrameMaskCheck.NONE, read(UNMASKED));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void aLengthWithTheMostSignificantBitIsInvalid(long length) {
        byte[] valid = frame(PING, 3);
        byte[] header = ByteBuffer.allocate(10)
                .put((byte) TEXT)
                .put((byte) 0xFF)
                .putLong(length)
                .array();
        assertEquals(valid.length, read(concatenated(valid, header)));
    }
}
