package veche.bench.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * A relay with one selector and one thread. The frames that arrive in a room in one round are written to all members as
 * the same bytes, in one write per client ({@code together}) or one write per message ({@code each}). No names,
 * history, permissions or limits for slow clients.
 */
public final class RawWriter {
    private static final int BACKLOG = 4096;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final Map<String, Room> rooms = new HashMap<>();
    private final boolean each;

    private RawWriter(int port, boolean each) throws IOException {
        this.each = each;
        listening.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Serves until killed; arguments: the port, then {@code together} or {@code each}. */
    public static void main(String[] arguments) throws IOException {
        RawWriter writer = new RawWriter(Integer.parseInt(arguments[0]), arguments[1].equals("each"));
        while (true) {
            writer.round();
        }
    }

    private void round() throws IOException {
        selector.select(this::ready);
        for (Room room : rooms.values()) {
            room.deliver(each);
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            connection.ready(rooms);
        } catch (IOException gone) {
            connection.close();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listening.accept(); channel != null; channel = listening.accept()) {
                Connection.open(channel, selector);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
