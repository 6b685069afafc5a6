package veche.dialect.wamp;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import veche.dialect.Dialect;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.Authenticator;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.User;

/** The router with real rooms on a log in memory, and clients that are linked to it without sockets. */
final class TestRealm implements AutoCloseable {
    final Rooms rooms;
    final WampDialects wamp;
    private final MessageLog log;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger guests = new AtomicInteger();

    TestRealm() {
        this(WampSettings.DEFAULT, List.of(new Anonymous()));
    }

    TestRealm(WampSettings settings, List<Authenticator> authenticators) {
        this(settings, authenticators, Logs.memory(LogLimits.DEFAULT));
    }

    TestRealm(WampSettings settings, List<Authenticator> authenticators, MessageLog log) {
        this.log = log;
        rooms = new Rooms(log, new Room.Recent(1024, 1 << 20));
        rooms.onGrowth((room, before) -> clients.forEach(TestClient::pump));
        wamp = WampDialects.of(rooms, settings, scheduler, scheduler, authenticators);
    }

    /** A client of v2 that has said nothing yet. */
    TestClient connect(String subprotocol) {
        int number = guests.incrementAndGet();
        return connect(subprotocol, new Author("guest:" + number, "Guest " + number));
    }

    TestClient connect(String subprotocol, Author author) {
        return connect(subprotocol, User.guest(author));
    }

    /** A client that a token identified at the handshake, with that role and a session. */
    TestClient joinAs(String subprotocol, String name, String... roles) {
        TestClient client = connect(subprotocol, user(name, roles));
        client.hello();
        return client;
    }

    static User user(String name, String... roles) {
        return new User(
                new Author("user:" + name, name),
                List.of(roles),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN);
    }

    /** A client of {@code wamp.2.json} whose token admits to these rooms only, with its session open. */
    TestClient joinConfined(String name, String... roomNames) {
        Set<RoomName> admitted = Arrays.stream(roomNames).map(RoomName::new).collect(Collectors.toSet());
        return joinConfined(name, List.of(), admitted);
    }

    /** Joins with a token that has these roles, and admits to these rooms only. */
    TestClient joinConfined(String name, List<String> roles, Set<RoomName> admitted) {
        Author author = new Author("user:" + name, name);
        TestClient client = connect(
                "wamp.2.json", new User(author, roles, Optional.of(admitted), Optional.empty(), User.Provider.TOKEN));
        client.hello();
        return client;
    }

    TestClient connect(String subprotocol, User user) {
        TestClient client = new TestClient(subprotocol, rooms::sequence);
        clients.add(client);
        client.converse(dialect(subprotocol).open(client, handshake(subprotocol, user)));
        return client;
    }

    /** A client of {@code wamp.2.json} with its session open. */
    TestClient join() {
        return join("wamp.2.json");
    }

    TestClient join(String subprotocol) {
        TestClient client = connect(subprotocol);
        client.hello();
        return client;
    }

    private Dialect dialect(String subprotocol) {
        return wamp.dialects().stream()
                .filter(dialect -> dialect.subprotocols().contains(subprotocol))
                .findFirst()
                .orElseThrow();
    }

    private static HandshakeInfo handshake(String subprotocol, User user) {
        return new HandshakeInfo(
                subprotocol,
                user,
                URI.create("ws://127.0.0.1/chat"),
                Map.of(),
                Map.of(),
                "127.0.0.1",
                new ArrayList<>(List.of(Locale.ENGLISH)));
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        log.close();
    }
}
