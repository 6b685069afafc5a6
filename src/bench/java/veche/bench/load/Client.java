package veche.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.zip.Deflater;

/** One WebSocket connection; confined to the thread of its pool. */
final class Client implements Frames.Sink {
    private static final byte[] NONE = {};
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8};
    private static final int LARGEST_PAYLOAD = 512;
    private static final int RSV1 = 0x40;
    private static final int EMPTY_BLOCK = 4;
    private static final int LONGER_THAN_A_WINDOW = 33 << 10;

    /** Reused buffers, since there is only one thread. */
    private static final byte[] TEXT = new byte[ChatText.LENGTH];

    private static final byte[] PAYLOAD = new byte[LARGEST_PAYLOAD];

    private enum State {
        CONNECTING,
        UPGRADING,
        JOINING,
        JOINED,
        CLOSING,
        CLOSED
    }

    /** The number of this client, unique in the pool; identifies it as a sender. */
    final int id;

    /** The room of this client. */
    final Room room;
    /** The number of measured messages received. */
    long received;
    /** The number of measured messages sent. */
    long sent;
    /** Whether this client has received the probe of its room. */
    boolean present;

    private final ClientPool pool;
    private final ClientProtocol protocol;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Outbox outbox = new Outbox();
    private final Upgrade upgrade = new Upgrade();
    private byte[] rest = NONE;
    private int restLength;
    private State state = State.CONNECTING;
    private boolean inRoom;

    Client(int id, Room room, ClientProtocol protocol, ClientPool pool, SocketAddress from) throws IOException {
        this.id = id;
        this.room = room;
        this.protocol = protocol;
        this.pool = pool;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (from != null) {
            channel.bind(from);
        }
        boolean connected = channel.connect(pool.server(this));
        key = channel.register(pool.selector(), SelectionKey.OP_CONNECT, this);
        if (connected) {
            connected();
            flush();
        }
    }

    /** Performs the operations that are ready. */
    void ready() throws IOException {
        int ops = key.readyOps();
        if ((ops & SelectionKey.OP_CONNECT) != 0) {
            channel.finishConnect();
            connected();
        }
        if ((ops & SelectionKey.OP_READ) != 0) {
            read(pool.inbox());
        }
        flush();
    }

    private void connected() {
        state = State.UPGRADING;
        key.interestOps(SelectionKey.OP_READ);
        outbox.raw(pool.request(upgrade, this));
    }

    private void read(Inbox inbox) throws IOException {
        int end = inbox.fill(rest, restLength, channel);
        if (end < 0) {
            lost("the server closed the TCP connection");
            return;
        }
        int at = state == State.UPGRADING ? upgraded(inbox.bytes(), end) : 0;
        if (state != State.UPGRADING) {
            at = Frames.read(inbox.bytes(), at, end, this);
        }
        keep(inbox.bytes(), at, end);
    }

    private void keep(byte[] bytes, int from, int to) {
        restLength = to - from;
        if (restLength > rest.length) {
            rest = Arrays.copyOf(rest, 2 * restLength);
        }
        System.arraycopy(bytes, from, rest, 0, restLength);
    }

    private int upgraded(byte[] bytes, int end) {
        int body = Inbox.afterHead(bytes, end);
        if (body < 0) {
            return 0;
        }
        String head = new String(bytes, 0, body, ISO_8859_1);
        if (!upgrade.isAccepted(head)) {
            throw new IllegalStateException("No upgrade: " + head);
        }
        state = State.JOINING;
        reply(protocol.firstMessage());
        if (protocol.joinsOnOpen()) {
            joined();
        }
        return body;
    }

    @Override
    public void frame(int opcode, byte[] bytes, int from, int to) {
        if (opcode == Frames.TEXT || opcode == Frames.BINARY) {
            for (int at = from; at < to; ) {
                int end = protocol.end(bytes, at, to);
                message(bytes, at, end);
                at = protocol.next(end);
            }
        } else if (opcode == Frames.PING) {
            outbox.frame(Frames.PONG, Arrays.copyOfRange(bytes, from, to), to - from);
        } else if (opcode == Frames.CLOSE) {
            closedByServer(bytes, from, to);
        }
    }

    private void message(byte[] bytes, int from, int to) {
        int text = protocol.findText(bytes, from, to);
        if (text >= 0) {
            pool.listener().delivery(this, bytes, text);
            return;
        }
        int reply = protocol.encodeResult(bytes, from, to, PAYLOAD);
        if (reply > 0) {
            outbox.frame(protocol.binary() ? Frames.BINARY : Frames.TEXT, PAYLOAD, reply);
        } else {
            handle(protocol.reply(bytes, from, to));
        }
    }

    private void handle(ClientProtocol.Reply reply) {
        reply(reply.payload());
        if (reply.joined()) {
            joined();
        }
    }

    private void joined() {
        if (state == State.JOINING) {
            state = State.JOINED;
            inRoom = true;
            pool.joined(this);
        }
    }

    private void reply(byte[] payload) {
        if (payload.length > 0) {
            outbox.frame(protocol.binary() ? Frames.BINARY : Frames.TEXT, payload, payload.length);
        }
    }

    /** Queues a text; {@link #flush}, which {@link #ready} calls too, sends it. */
    void send(byte kind, long sequence, long nanos) {
        ChatText.write(TEXT, 0, kind, id, sequence, nanos);
        outbox.frame(protocol.binary() ? Frames.BINARY : Frames.TEXT, PAYLOAD, protocol.encode(TEXT, PAYLOAD));
    }

    /**
     * Queues a plain text that is longer than the window of the compression (RFC 7692 §7.1.2), to fill the window. The
     * server cuts it before it is relayed.
     */
    void sendLong(byte kind, boolean compressed) {
        byte[] text = ChatText.lengthened(kind, id, LONGER_THAN_A_WINDOW);
        if (compressed) {
            byte[] deflated = new byte[text.length];
            outbox.frame(RSV1 | Frames.TEXT, deflated, deflate(text, deflated));
        } else {
            outbox.frame(Frames.TEXT, text, text.length);
        }
    }

    /** RFC 7692 §7.2.1: the last four octets are removed. */
    private static int deflate(byte[] text, byte[] to) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text);
        int length = deflater.deflate(to, 0, to.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return length - EMPTY_BLOCK;
    }

    /** Writes queued bytes as far as the socket accepts them. */
    void flush() throws IOException {
        if (state == State.CLOSED || state == State.CONNECTING) {
            return;
        }
        boolean empty = outbox.drain(channel);
        int wanted = empty ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Queues a close frame. */
    void close() {
        if (state == State.JOINED || state == State.JOINING) {
            state = State.CLOSING;
            outbox.frame(Frames.CLOSE, NORMAL_CLOSURE, NORMAL_CLOSURE.length);
        }
    }

    private void closedByServer(byte[] bytes, int from, int to) {
        if (state == State.CLOSING) {
            lost(null);
            return;
        }
        int code = to - from < 2 ? 1005 : (bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF;
        String reason = new String(bytes, Math.min(from + 2, to), Math.max(0, to - from - 2), UTF_8);
        lost("the server closed: " + code + " " + reason);
    }

    /** Closes the channel; {@code why} is null if the close was intended. */
    void lost(String why) {
        if (state == State.CLOSED) {
            return;
        }
        boolean intended = state == State.CLOSING;
        state = State.CLOSED;
        pool.closed(this, inRoom, intended ? null : why);
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
