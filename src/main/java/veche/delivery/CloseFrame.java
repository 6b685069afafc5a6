package veche.delivery;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes close frames (RFC 6455 §5.5.1). */
public final class CloseFrame {
    private static final int MAX_BYTES = 123;
    /** FIN and the opcode. */
    private static final byte CLOSE = (byte) 0x88;

    private CloseFrame() {}

    /** Truncates a reason at a character boundary to at most 123 bytes of UTF-8 (RFC 6455 §5.5). */
    public static String truncate(String reason) {
        CharBuffer in = CharBuffer.wrap(reason);
        StandardCharsets.UTF_8.newEncoder().encode(in, ByteBuffer.allocate(MAX_BYTES), true);
        return reason.substring(0, in.position());
    }

    /**
     * Returns an unmasked close frame.
     *
     * @param reason at most 123 bytes of UTF-8, see {@link #truncate}
     */
    public static ByteBuffer of(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + text.length)
                .put(CLOSE)
                .put((byte) (2 + text.length))
                .putShort((short) code)
                .put(text)
                .flip();
    }
}
