package veche.dialect.soap;

import java.nio.ByteBuffer;

/** Copies the content of byte buffers. */
final class Bytes {
    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
