package veche.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The buffer into which all connections are read, one after the other. */
final class Inbox {
    private static final int CAPACITY = 1 << 18;

    private final byte[] bytes = new byte[CAPACITY];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    /** The bytes read last, from 0. */
    byte[] bytes() {
        return bytes;
    }

    /** Copies the unread bytes of a connection, reads once after them, and returns the end; -1 at the end of stream. */
    int fill(byte[] rest, int length, SocketChannel from) throws IOException {
        System.arraycopy(rest, 0, bytes, 0, length);
        buffer.limit(CAPACITY).position(length);
        return from.read(buffer) < 0 ? -1 : buffer.position();
    }

    /** The start of the body after the empty line of an HTTP head, or -1 if the head is incomplete. */
    static int afterHead(byte[] bytes, int end) {
        for (int at = 3; at < end; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                return at + 1;
            }
        }
        return -1;
    }
}
