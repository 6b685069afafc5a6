package veche.socket.container;

import java.nio.ByteBuffer;

/**
 * Follows the headers of a client's frames (RFC 6455 §5.2) through its bytes as they arrive, and finds the first frame
 * that is not masked, which §5.1 forbids. A payload is skipped by its length, however it is cut: only headers are read.
 * Of one connection; used by one thread at a time.
 */
final class FrameMaskCheck {
    /** There is no unmasked frame. */
    static final int NONE = -1;

    private static final int MASKED = 0x80;
    private static final int KEY_BYTES = 4;
    private static final int TWO_MORE = 126;
    private static final int EIGHT_MORE = 127;

    /** Bytes of the present header read so far, at most two: those of a longer length are counted apart. */
    private int header;

    private int lengthBytes;
    private long length;
    /** Bytes of a masking key and a payload before the next header. */
    private long skip;

    /**
     * Reads on, without moving the buffer's position; not called again once a frame was found.
     *
     * @return the index at which the unmasked frame begins, or the position where it began in an earlier buffer;
     *     {@link #NONE} where every frame so far is masked
     */
    int firstUnmasked(ByteBuffer data) {
        int frame = data.position();
        int at = frame;
        while (at < data.limit()) {
            if (skip > 0) {
                int passed = (int) Math.min(skip, data.limit() - at);
                skip -= passed;
                at += passed;
            } else {
                frame = header == 0 ? at : frame;
                if (!masked(data.get(at) & 0xFF)) {
                    return frame;
                }
                at++;
            }
        }
        return NONE;
    }

    /** Takes a header's next byte; false where it shows that its frame is not masked. */
    private boolean masked(int next) {
        if (header == 0) {
            header = 1;
            return true;
        }
        if (header == 1) {
            if ((next & MASKED) == 0) {
                return false;
            }
            header = 2;
            beginLength(next & ~MASKED);
        } else {
            length = length << Byte.SIZE | next;
            lengthBytes--;
        }
        if (lengthBytes == 0) {
            endHeader();
        }
        return true;
    }

    private void beginLength(int code) {
        lengthBytes = code == EIGHT_MORE ? Long.BYTES : code == TWO_MORE ? Short.BYTES : 0;
        length = lengthBytes == 0 ? code : 0;
    }

    /** A length with its highest bit set is not allowed; it has no end here, and is too large a frame for any limit. */
    private void endHeader() {
        boolean endless = length < 0 || length > Long.MAX_VALUE - KEY_BYTES;
        skip = endless ? Long.MAX_VALUE : length + KEY_BYTES;
        header = 0;
    }
}
