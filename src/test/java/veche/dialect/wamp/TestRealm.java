package veche.dialect.wamp;

import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.UriAction;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.limit.ClientMemory;
import veche.limit.Refusals;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.Permissions;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.RoomStateStore;
import veche.room.Rooms;
import veche.room.User;
import veche.room.access.Capabilities;
import veche.room.access.NameRange;
import veche.room.access.Privilege;

/** The WAMP dialects with rooms in an in-memory log, and clients that are connected without sockets. */
public final class TestRealm implements AutoCloseable {
    public static final Set<UriAction> EVERY_ACTION = EnumSet.allOf(UriAction.class);

    /** The default, except that guests may perform every action. */
    public static final WampSettings SETTINGS = guestsMay(EVERY_ACTION);

    /** Far more than tests need that do not exhaust it. */
    public static final long MAX_CLIENT_BYTES = 1L << 40;

    private static final Tokens TOKENS = new Tokens(Issuer.settings(), Runnable::run);

    /** What is held on behalf of the clients. */
    public final ClientMemory memory = new ClientMemory(MAX_CLIENT_BYTES, new Refusals());

    public final Rooms rooms;
    public final WampDialects wamp;
    private final MessageLog log;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger guests = new AtomicInteger();

    public TestRealm() {
        this(SETTINGS, List.of(new Anonymous()));
    }

    /** The default settings with these actions of guests. */
    public static WampSettings guestsMay(Set<UriAction> actions) {
        return settings(actions, Optional.empty());
    }

    /** The default settings with these actions of guests, and an authorizer. */
    static WampSettings settings(Set<UriAction> guests, Optional<AuthorizerSettings> authorizer) {
        WampSettings standard = WampSettings.DEFAULT;
        return new WampSettings(
                standard.realm(),
                standard.strictUris(),
                standard.strictIds(),
                standard.helloTimeout(),
                standard.goodbyeTimeout(),
                standard.administrators(),
                guests,
                standard.limits(),
                standard.chat(),
                standard.reading(),
                authorizer);
    }

    public TestRealm(WampSettings settings, List<Authenticator> authenticators) {
        this(settings, authenticators, Logs.memory(LogLimits.DEFAULT));
    }

    public TestRealm(WampSettings settings, List<Authenticator> authenticators, MessageLog log) {
        this(settings, authenticators, log, UriPolicy.NONE);
    }

    /** A realm whose URIs a policy governs, and an anonymous login. */
    public TestRealm(UriPolicy policy) {
        this(SETTINGS, List.of(new Anonymous()), Logs.memory(LogLimits.DEFAULT), policy);
    }

    /** A realm whose rooms a policy governs, and an anonymous login. */
    public TestRealm(RoomPolicy policy) {
        this(SETTINGS, List.of(new Anonymous()), Logs.memory(LogLimits.DEFAULT), UriPolicy.NONE, policy);
    }

    public TestRealm(WampSettings settings, List<Authenticator> authenticators, MessageLog log, UriPolicy policy) {
        this(settings, authenticators, log, policy, Permissions.DEFAULT);
    }

    private TestRealm(
            WampSettings settings,
            List<Authenticator> authenticators,
            MessageLog log,
            UriPolicy policy,
            RoomPolicy roomPolicy) {
        this.log = log;
        rooms = new Rooms(log, new Room.Recent(1024, 1 << 20), Permissions.DEFAULT, roomPolicy, Clock.systemUTC());
        rooms.onGrowth((room, before) -> clients.forEach(TestClient::pump));
        wamp = WampDialects.of(rooms, settings, scheduler, scheduler, authenticators, TOKENS, policy, memory);
    }

    /** The state store of the log, as another node or the application would write to it. */
    public RoomStateStore stateStore() {
        return log.stateStore();
    }

    /** A client of v2 that has not sent HELLO. */
    public TestClient connect(String subprotocol) {
        int number = guests.incrementAndGet();
        return connect(subprotocol, new Author("guest:" + number, "Guest " + number));
    }

    public TestClient connect(String subprotocol, Author author) {
        return connect(subprotocol, User.guest(author));
    }

    /** A client that a token identified at the handshake, with these roles and an open session. */
    public TestClient joinAs(String subprotocol, String name, String... roles) {
        TestClient client = connect(subprotocol, user(name, roles));
        client.hello();
        return client;
    }

    public static User user(String name, String... roles) {
        return new User(
                new Author("user:" + name, name),
                List.of(roles),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN);
    }

    /** A client of {@code wamp.2.json} whose token admits to these rooms only, with an open session. */
    public TestClient joinConfined(String name, String... roomNames) {
        Set<RoomName> admitted = Arrays.stream(roomNames).map(RoomName::new).collect(Collectors.toSet());
        return joinConfined(name, List.of(), admitted);
    }

    /** The same with a token that has these roles. */
    public TestClient joinConfined(String name, List<String> roles, Set<RoomName> admitted) {
        Author author = new Author("user:" + name, name);
        TestClient client = connect(
                "wamp.2.json", new User(author, roles, Optional.of(admitted), Optional.empty(), User.Provider.TOKEN));
        client.hello();
        return client;
    }

    /** A user whose token is limited to these privileges in one room. */
    public static User limited(String name, String room, Set<Privilege> privileges) {
        User user = user(name);
        return new User(
                user.author(),
                user.roles(),
                user.rooms(),
                user.expires(),
                user.provider(),
                user.token(),
                Optional.of(
                        new Capabilities(List.of(new Capabilities.Entry(List.of(NameRange.of(room)), privileges)))));
    }

    public TestClient connect(String subprotocol, User user) {
        return connect(subprotocol, user, "127.0.0.1");
    }

    /** A client of {@code wamp.2.json} with this IP address that has not sent HELLO. */
    public TestClient connectFrom(String address, User user) {
        return connect("wamp.2.json", user, address);
    }

    private TestClient connect(String subprotocol, User user, String address) {
        TestClient client = new TestClient(subprotocol, rooms::sequence);
        clients.add(client);
        client.attach(dialect(subprotocol).open(client, handshake(subprotocol, user, address)));
        return client;
    }

    /** A client of {@code wamp.2.json} with an open session. */
    public TestClient join() {
        return join("wamp.2.json");
    }

    public TestClient join(String subprotocol) {
        TestClient client = connect(subprotocol);
        client.hello();
        return client;
    }

    /** A caller and callee that announces no feature. */
    public TestClient joinBasic() {
        return join(dict("caller", dict(), "callee", dict()));
    }

    /** A caller and callee that announces exactly these features. */
    public TestClient joinAnnouncing(String... features) {
        Map<String, Object> announced = dict();
        for (String feature : features) {
            announced.put(feature, true);
        }
        Map<String, Object> role = dict("features", announced);
        return join(dict("caller", role, "callee", role));
    }

    private TestClient join(Map<String, Object> roles) {
        TestClient client = connect("wamp.2.json");
        client.sendMessage(HELLO, "veche", dict("roles", roles));
        client.session = (Long) client.expect(WELCOME).get(1);
        return client;
    }

    private Dialect dialect(String subprotocol) {
        return wamp.dialects().stream()
                .filter(dialect -> dialect.subprotocols().contains(subprotocol))
                .findFirst()
                .orElseThrow();
    }

    public static HandshakeInfo handshake(String subprotocol, User user, String address) {
        return new HandshakeInfo(
                subprotocol,
                user,
                URI.create("ws://127.0.0.1/chat"),
                Map.of(),
                Map.of(),
                address,
                new ArrayList<>(List.of(Locale.ENGLISH)));
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        log.close();
    }
}
