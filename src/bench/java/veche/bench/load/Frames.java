package veche.bench.load;

/** Parses the server's frames (RFC 6455 §5.2, unmasked) in place and without allocation. */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int OPCODE = 0x0F;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private Frames() {}

    /** Receives each complete frame. */
    interface Sink {
        /** A frame with this opcode and the payload between {@code from} and {@code to}. */
        void frame(int opcode, byte[] bytes, int from, int to);
    }

    /**
     * Passes each complete frame to the sink and returns the start of the first incomplete one.
     *
     * @throws IllegalStateException for fragments, extensions and masks, which no measured server sends
     */
    static int read(byte[] bytes, int from, int end, Sink sink) {
        int at = from;
        while (end - at >= 2) {
            int payload = at + header(bytes[at + 1]);
            if (payload > end) {
                break;
            }
            long next = payload + length(bytes, at);
            if (next > end) {
                refuseOversized(next - at, bytes.length);
                break;
            }
            int first = bytes[at];
            if ((first & (FIN | RESERVED)) != FIN || (first & OPCODE) == CONTINUATION || bytes[at + 1] < 0) {
                throw new IllegalStateException("Fragment, extension or mask: " + (first & 0xFF));
            }
            sink.frame(first & OPCODE, bytes, payload, (int) next);
            at = (int) next;
        }
        return at;
    }

    private static int header(byte second) {
        int length = second & ~MASKED;
        return length < SHORT ? 2 : length == SHORT ? 4 : 10;
    }

    private static long length(byte[] bytes, int at) {
        int length = bytes[at + 1] & ~MASKED;
        if (length < SHORT) {
            return length;
        }
        long value = 0;
        for (int i = at + 2; i < at + (length == LONG ? 10 : 4); i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    private static void refuseOversized(long frame, int capacity) {
        if (frame > capacity) {
            throw new IllegalStateException("A frame of " + frame + " bytes");
        }
    }
}
