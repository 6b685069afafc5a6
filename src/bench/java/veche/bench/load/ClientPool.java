package veche.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** All clients and their selector; confined to one thread. */
final class ClientPool {
    private static final int HANDSHAKES_AT_ONCE = 128;
    private static final int CLIENTS_PER_ADDRESS = 15_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long PATIENCE = 240 * SECOND;
    private static final long CLOSING = 5 * SECOND;

    private final Scenario scenario;
    private final Selector selector = Selector.open();
    private final Inbox inbox = new Inbox();
    private final List<Room> rooms = new ArrayList<>();
    private final Map<String, Integer> losses = new HashMap<>();
    private final Consumer<SelectionKey> ready = this::ready;
    private Listener listener = (client, bytes, at) -> {};
    private int created;
    private int open;
    private int joined;

    ClientPool(Scenario scenario) throws IOException {
        this.scenario = scenario;
        for (int i = 0; i < scenario.rooms(); i++) {
            rooms.add(new Room("bench-" + i));
        }
    }

    /** Opens clients, distributed over the rooms in turn, and waits until each has joined. */
    void connect(int clients) throws IOException {
        int goal = joined + clients;
        int last = created + clients;
        until(PATIENCE, () -> joined == goal || !losses.isEmpty(), () -> {
            while (created < last && open - joined < HANDSHAKES_AT_ONCE) {
                add();
            }
        });
        if (joined != goal) {
            throw new IllegalStateException(joined + " of " + goal + " clients joined; lost: " + losses);
        }
    }

    /** Opens one more client. */
    Client add() throws IOException {
        Room room = rooms.get(created % rooms.size());
        SocketAddress from = scenario.mode() == Scenario.Mode.CONNECT || scenario.clients() > CLIENTS_PER_ADDRESS
                ? new InetSocketAddress("127.0.0." + (1 + created / 256 % 32), 0)
                : null;
        Client client = new Client(
                created++,
                room,
                scenario.protocol().client(room.name, scenario.wampTarget(), room.members.isEmpty()),
                this,
                from);
        open++;
        room.members.add(client);
        return client;
    }

    /** Sends probes until every client has received one from its room, and thus is known to be a member. */
    void awaitMembership() throws IOException {
        listener = (client, bytes, at) -> client.present = true;
        long[] next = {0};
        until(PATIENCE, () -> isComplete() || !losses.isEmpty(), () -> {
            if (System.nanoTime() >= next[0]) {
                for (Room room : rooms) {
                    if (!room.isComplete()) {
                        room.members.get(0).send(ChatText.PROBE, 0, 0);
                        room.members.get(0).flush();
                    }
                }
                next[0] = System.nanoTime() + SECOND;
            }
        });
        if (!isComplete()) {
            throw new IllegalStateException("Not all members receive; lost: " + losses);
        }
    }

    private boolean isComplete() {
        return rooms.stream().allMatch(Room::isComplete);
    }

    /** Resets the counters of all clients. */
    void resetCounters() {
        for (Room room : rooms) {
            for (Client client : room.members) {
                client.sent = 0;
                client.received = 0;
            }
        }
    }

    /** An action before each turn. */
    interface Step {
        void run() throws IOException;
    }

    /** Serves clients until the condition is true or a number of nanoseconds has passed. */
    void until(long nanos, BooleanSupplier condition, Step before) throws IOException {
        long end = System.nanoTime() + nanos;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            before.run();
            turn(MILLI);
        }
    }

    /** Serves clients for a number of nanoseconds. */
    void run(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            turn(left);
        }
    }

    /** Serves the clients that are ready; waits at most the whole milliseconds of {@code wait}. */
    void turn(long wait) throws IOException {
        if (wait < MILLI) {
            selector.selectNow(ready);
        } else {
            selector.select(ready, wait / MILLI);
        }
    }

    private void ready(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            client.ready();
        } catch (IOException broken) {
            client.lost(broken.toString());
        }
    }

    /** Closes all clients: by close frames, after a timeout by closing the channels. */
    void closeAll() throws IOException {
        for (Room room : rooms) {
            for (Client client : room.members) {
                close(client);
            }
        }
        until(CLOSING, () -> open == 0, () -> {});
        rooms.forEach(room -> List.copyOf(room.members).forEach(client -> client.lost(null)));
        rooms.forEach(room -> room.members.clear());
    }

    private static void close(Client client) {
        try {
            client.close();
            client.flush();
        } catch (IOException broken) {
            client.lost(broken.toString());
        }
    }

    void joined(Client client) {
        joined++;
        listener.joined(client);
    }

    void closed(Client client, boolean wasJoined, String why) {
        open--;
        joined -= wasJoined ? 1 : 0;
        if (why != null) {
            losses.merge(why, 1, Integer::sum);
        }
        listener.closed(client);
    }

    void setListener(Listener next) {
        listener = next;
    }

    Listener listener() {
        return listener;
    }

    List<Room> rooms() {
        return rooms;
    }

    /** The number of connections that were lost, by cause. */
    Map<String, Integer> losses() {
        return losses;
    }

    Selector selector() {
        return selector;
    }

    /** The node of a client: the members of a room use the nodes in turn. */
    private int port(int client) {
        return scenario.ports().get(client / rooms.size() % scenario.ports().size());
    }

    InetSocketAddress server(Client client) {
        return new InetSocketAddress("127.0.0.1", port(client.id));
    }

    Inbox inbox() {
        return inbox;
    }

    byte[] request(Upgrade upgrade, Client client) {
        return upgrade.request(
                "127.0.0.1",
                port(client.id),
                scenario.target().replace("{room}", client.room.name),
                scenario.protocol().subprotocol(),
                scenario.deflate());
    }
}
