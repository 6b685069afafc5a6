package veche.socket.container;

import java.nio.ByteBuffer;

/**
 * Parses the headers of a client's frames (RFC 6455 §5.2) in the incoming bytes and finds the first frame that is
 * unmasked, which §5.1 forbids, or whose length has the most significant bit set, which §5.2 forbids. Reads only
 * headers and skips payloads by their length, regardless of how the bytes are split into buffers. One instance
 * per connection, used by one thread at a time.
 */
final class FrameMaskCheck {
    /** Returned if there is no such frame. */
    static final int NONE = -1;

    private static final int MASKED = 0x80;
    private static final int KEY_BYTES = 4;
    private static final int TWO_MORE = 126;
    private static final int EIGHT_MORE = 127;

    /** Bytes of the current header read so far, at most two; those of an extended length are counted separately. */
    private int header;

    private int lengthBytes;
    private long length;
    /** Bytes of the masking key and the payload to skip before the next header. */
    private long skip;

    /**
     * Parses a buffer without moving its position. Must not be called again once a frame was found.
     *
     * @return the index at which the invalid frame begins, or the buffer's position if it began in an earlier buffer;
     *     {@link #NONE} if all frames so far are valid
     */
    int firstInvalid(ByteBuffer data) {
        int frame = data.position();
        int at = frame;
        while (at < data.limit()) {
            if (skip > 0) {
                int passed = (int) Math.min(skip, data.limit() - at);
                skip -= passed;
                at += passed;
            } else {
                frame = header == 0 ? at : frame;
                if (!isValid(data.get(at) & 0xFF)) {
                    return frame;
                }
                at++;
            }
        }
        return NONE;
    }

    /** Parses the next byte of a header; returns false if it shows that the frame is invalid. */
    private boolean isValid(int next) {
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
        if (lengthBytes > 0) {
            return true;
        }
        endHeader();
        return length >= 0;
    }

    private void beginLength(int code) {
        lengthBytes = code == EIGHT_MORE ? Long.BYTES : code == TWO_MORE ? Short.BYTES : 0;
        length = lengthBytes == 0 ? code : 0;
    }

    /** An excessive length is treated as unbounded, which exceeds any limit. */
    private void endHeader() {
        boolean unbounded = length > Long.MAX_VALUE - KEY_BYTES;
        skip = unbounded ? Long.MAX_VALUE : length + KEY_BYTES;
        header = 0;
    }
}
