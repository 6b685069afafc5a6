package veche.socket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** A close frame's reason: at most 123 bytes of UTF-8 (RFC 6455 §5.5), whole characters. */
final class CloseFrame {
    private static final int MAX_BYTES = 123;
    /** FIN and the opcode. */
    private static final byte CLOSE = (byte) 0x88;

    private CloseFrame() {}

    static String cut(String reason) {
        CharBuffer in = CharBuffer.wrap(reason);
        StandardCharsets.UTF_8.newEncoder().encode(in, ByteBuffer.allocate(MAX_BYTES), true);
        return reason.substring(0, in.position());
    }

    /** A whole close frame as a server sends it (RFC 6455 §5.5.1), with a reason that was cut. */
    static ByteBuffer frame(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + words.length)
                .put(CLOSE)
                .put((byte) (2 + words.length))
                .putShort((short) code)
                .put(words)
                .flip();
    }
}
