package veche.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** The pending bytes of a connection; frames are masked (RFC 6455 §5.3). */
final class Outbox {
    private static final int INITIAL = 512;
    private static final int MAX_FRAMING = 8;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int MAX_PAYLOAD = 0xFFFF;

    private ByteBuffer pending = ByteBuffer.allocate(INITIAL);

    /** Adds bytes unchanged. */
    void raw(byte[] bytes) {
        room(bytes.length);
        pending.put(bytes);
    }

    /** Adds one frame with the first {@code length} bytes of {@code payload}, at most 65,535. */
    void frame(int opcode, byte[] payload, int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("Payload of " + length + " bytes");
        }
        room(length + MAX_FRAMING);
        pending.put((byte) (FIN | opcode));
        if (length < SHORT) {
            pending.put((byte) (MASKED | length));
        } else {
            pending.put((byte) (MASKED | SHORT)).putShort((short) length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        pending.putInt(mask);
        for (int i = 0; i < length; i++) {
            pending.put((byte) (payload[i] ^ mask >>> (24 - 8 * (i & 3))));
        }
    }

    /** Writes what the socket accepts, without waiting; returns whether nothing is pending. */
    boolean drain(SocketChannel channel) throws IOException {
        if (pending.position() == 0) {
            return true;
        }
        pending.flip();
        channel.write(pending);
        pending.compact();
        return pending.position() == 0;
    }

    private void room(int bytes) {
        if (pending.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (pending.position() + bytes));
            pending.flip();
            pending = larger.put(pending);
        }
    }
}
