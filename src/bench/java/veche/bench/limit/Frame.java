package veche.bench.limit;

import java.nio.ByteBuffer;

/** Turns a client's masked frame (RFC 6455 §5.2) into the server's; short payloads only. */
final class Frame {
    static final int CLOSE = 8;

    private static final int MASK_AT = 2;
    private static final int PAYLOAD_AT = 6;
    private static final int SHORT = 126;

    private Frame() {}

    /** How long the server's frame at {@code at} is. */
    static int length(ByteBuffer frames, int at) {
        return 2 + frames.get(at + 1);
    }

    /** How long the client's frame at the buffer's position is, or 0 while it is incomplete. */
    static int arriving(ByteBuffer in) {
        if (in.remaining() < PAYLOAD_AT) {
            return 0;
        }
        int payload = in.get(in.position() + 1) & 0x7F;
        if (payload >= SHORT) {
            throw new IllegalStateException("The limit carries short messages only");
        }
        return in.remaining() < PAYLOAD_AT + payload ? 0 : PAYLOAD_AT + payload;
    }

    /** Takes the client's frame of this length off the buffer, writes the server's to {@code out}, returns its length. */
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
