package veche.bench.limit;

import java.nio.ByteBuffer;

/** Converts a client's masked frame (RFC 6455 §5.2) to a server frame; short payloads only. */
final class Frame {
    static final int CLOSE = 8;

    private static final int MASK_AT = 2;
    private static final int PAYLOAD_AT = 6;
    private static final int SHORT = 126;

    private Frame() {}

    /** The length of the server frame at {@code at}. */
    static int length(ByteBuffer frames, int at) {
        return 2 + frames.get(at + 1);
    }

    /** The length of the client frame at the buffer's position, or 0 if it is incomplete. */
    static int arriving(ByteBuffer in) {
        if (in.remaining() < PAYLOAD_AT) {
            return 0;
        }
        int payload = in.get(in.position() + 1) & 0x7F;
        if (payload >= SHORT) {
            throw new IllegalStateException("Only short messages are supported");
        }
        return in.remaining() < PAYLOAD_AT + payload ? 0 : PAYLOAD_AT + payload;
    }

    /** Consumes a client frame of this length, writes the server frame to {@code out}, and returns its length. */
    static int take(ByteBuffer in, int length, byte[] out) {
        int start = in.position();
        int payload = length - PAYLOAD_AT;
        out[0] = in.get(start);
        out[1] = (byte) payload;
        for (int i = 0; i < payload; i++) {
            out[2 + i] = (byte) (in.get(start + PAYLOAD_AT + i) ^ in.get(start + MASK_AT + (i & 3)));
        }
        in.position(start + length);
        return 2 + payload;
    }
}
