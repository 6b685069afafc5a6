package veche.bench.limit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.bench.load.Upgrade;

/** The connection of one client: its handshake, then its frames. */
final class Connection {
    private static final int IN = 1 << 12;
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final Pattern ROOM = Pattern.compile("room=([^ &]+)");
    private static final int LARGEST = 128;

    /** A reused buffer, since there is only one thread. */
    private static final byte[] FRAME = new byte[LARGEST];

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(IN);
    private ByteBuffer unsent;
    private Room room;

    private Connection(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    static void open(SocketChannel channel, Selector selector) throws IOException {
        new Connection(channel, selector);
    }

    void ready(Map<String, Room> rooms) throws IOException {
        if (key.isWritable()) {
            writeUnsent();
        }
        if (key.isValid() && key.isReadable()) {
            read(rooms);
        }
    }

    private void read(Map<String, Room> rooms) throws IOException {
        if (channel.read(in) < 0) {
            close();
            return;
        }
        in.flip();
        if (room == null) {
            upgrade(rooms);
        }
        int length = room == null ? 0 : Frame.arriving(in);
        while (length > 0) {
            if ((in.get(in.position()) & 0x0F) == Frame.CLOSE) {
                close();
                return;
            }
            room.add(FRAME, Frame.take(in, length, FRAME));
            length = Frame.arriving(in);
        }
        in.compact();
    }

    private void upgrade(Map<String, Room> rooms) throws IOException {
        String head = new String(in.array(), 0, in.limit(), ISO_8859_1);
        Matcher keyLine = KEY.matcher(head);
        Matcher roomName = ROOM.matcher(head);
        if (!head.endsWith("\r\n\r\n")) {
            return;
        }
        if (!keyLine.find() || !roomName.find()) {
            close();
            return;
        }
        in.position(in.limit());
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Upgrade.accept(keyLine.group(1)) + "\r\n\r\n";
        write(ByteBuffer.wrap(answer.getBytes(ISO_8859_1)));
        room = rooms.computeIfAbsent(roomName.group(1), name -> new Room());
        room.join(this);
    }

    /** Writes what the socket accepts and queues the rest. */
    void write(ByteBuffer frames) throws IOException {
        if (unsent == null) {
            channel.write(frames);
        }
        if (frames.hasRemaining()) {
            keep(frames);
        }
    }

    private void keep(ByteBuffer frames) {
        int waiting = unsent == null ? 0 : unsent.remaining();
        ByteBuffer longer = ByteBuffer.allocate(waiting + frames.remaining());
        if (unsent != null) {
            longer.put(unsent);
        }
        unsent = longer.put(frames).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void writeUnsent() throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            unsent = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    void close() {
        if (room != null) {
            room.leave(this);
        }
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
