package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.delivery.FakeWire;
import veche.delivery.Theatre;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** From an open socket to its end: the registry, what a conversation throws, and the graceful stop. */
class GatewayTest {
    private static final HandshakeInfo OPENING = new HandshakeInfo(
            "", Theatre.ANN, URI.create("ws://site.com/chat"), Map.of(), Map.of(), "::1", List.of(Locale.ENGLISH));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SessionRegistry registry = new SessionRegistry();
    private final Theatre theatre = new Theatre();
    private final FakeWire transport = new FakeWire();
    private Gateway gateway;

    /** Writes down what it hears, and fails where it is told to. */
    private final class Scribe implements Dialect {
        @Override
        public List<String> subprotocols() {
            return List.of();
        }

        @Override
        public DialectSession open(Client client, HandshakeInfo handshake) {
            client.send(new Frame.Text("welcome"));
            return new DialectSession() {
                @Override
                public void onText(String text) {
                    switch (text) {
                        case "malformed" ->
                            throw new MalformedMessageException(CloseCode.PROTOCOL_ERROR, "Not a message");
                        case "bug" -> throw new IllegalStateException("planted");
                        case "exhausted" -> throw new OutOfMemoryError("planted");
                        default -> heard.add(text);
                    }
                }

                @Override
                public void onBinary(ByteBuffer data) {
                    heard.add(data.remaining() + " bytes");
                }

                @Override
                public void onClose() {
                    heard.add("closed");
                }
            };
        }
    }

    @BeforeEach
    void open() {
        gateway = new Gateway(registry, theatre.fanout, List.of(new Scribe()));
    }

    @AfterEach
    void close() {
        theatre.close();
    }

    private ConnectionHandler opened() {
        ConnectionHandler handler = gateway.open(transport, new Scribe(), OPENING);
        theatre.play();
        return handler;
    }

    @Test
    void aSocketIsRegisteredAsLongAsItIsOpen() {
        ConnectionHandler handler = opened();
        assertEquals(1, registry.size());
        assertEquals(List.of("welcome"), transport.texts());
        gateway.closed(handler);
        gateway.closed(handler);
        assertEquals(0, registry.size());
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void aSnapshotTellsOfEachConnection() {
        ConnectionHandler handler = opened();
        handler.text("Hel", false);
        handler.text("lo", true);
        RoomSession roomSession = theatre.rooms.roomSession(
                new User(
                        new Author("user:ann", "Ann"),
                        List.of("admin"),
                        Optional.empty(),
                        Optional.empty(),
                        User.Provider.TOKEN),
                handler.id(),
                reason -> {});
        roomSession.attend(new RoomName("hall"));
        ConnectionSnapshot snapshot =
                registry.snapshot(theatre.rooms.roomSessions()).get(0);
        assertEquals(handler.id(), snapshot.id());
        assertEquals("user:ann", snapshot.user().author().id());
        assertEquals(Set.of(new RoomName("hall")), snapshot.rooms());
        assertEquals("::1", snapshot.remoteAddress());
        assertEquals("FakeWire", snapshot.transport());
        assertEquals(1, snapshot.sentMessages());
        assertEquals("welcome".length(), snapshot.sentBytes());
        assertEquals(1, snapshot.receivedMessages());
        assertEquals(0, snapshot.pendingBytes());
        roomSession.end();
        assertEquals(
                OPENING.user(),
                registry.snapshot(theatre.rooms.roomSessions()).get(0).user());
    }

    @Test
    void partsBecomeMessages() {
        ConnectionHandler handler = opened();
        handler.text("Hel", false);
        handler.text("lo", true);
        handler.binary(ByteBuffer.allocate(3), false);
        handler.binary(ByteBuffer.allocate(4), true);
        assertEquals(List.of("Hello", "7 bytes"), heard);
    }

    private void endsWith(ConnectionHandler handler, int code) {
        theatre.play();
        Theatre.awaitClosed(transport, code);
        await().until(() -> registry.size() == 0 && heard.equals(List.of("closed")));
        handler.text("too late", true);
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void whatIsMalformedClosesWithItsCode() {
        ConnectionHandler handler = opened();
        handler.text("malformed", true);
        endsWith(handler, 1002);
        assertEquals("Not a message", transport.reason);
    }

    @Test
    void aMessageOverTheLimitCloses() {
        ConnectionHandler handler = opened();
        handler.text("x".repeat(theatre.fanout.limits().maxTextBytes() + 1), true);
        endsWith(handler, 1009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "exhausted"})
    void whateverAConversationThrowsIsOurFaultWithAnIncidentId(String message) {
        ConnectionHandler handler = opened();
        handler.text(message, true);
        endsWith(handler, 1011);
        assertTrue(transport.reason.matches("Incident [0-9a-f-]{36}"), transport.reason);
    }

    private record Offering(List<String> subprotocols) implements Dialect {
        @Override
        public DialectSession open(Client client, HandshakeInfo handshake) {
            throw new UnsupportedOperationException("Nothing is opened");
        }
    }

    private Optional<String> select(String... offered) {
        List<Dialect> dialects = List.of(
                new Offering(List.of()), new Offering(List.of("soap")), new Offering(List.of("wamp", "wamp.2.json")));
        return new Gateway(registry, theatre.fanout, dialects).select(List.of(offered));
    }

    @ParameterizedTest
    @CsvSource({
        "'soap,wamp', soap",
        "'wamp,soap', wamp",
        "'mqtt,wamp.2.json,soap', wamp.2.json",
    })
    void theFirstSupportedSubprotocolOfTheClientsOffersIsSelected(String offered, String selected) {
        assertEquals(Optional.of(selected), select(offered.split(",")));
    }

    @Test
    void withoutAnOfferNoSubprotocolIsSelected() {
        assertEquals(Optional.of(""), select());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "SOAP", "wamp.2", ""})
    void anUnsupportedSubprotocolIsNotSelected(String offered) {
        assertEquals(Optional.empty(), select(offered));
    }

    @Test
    void aDialectThatCannotOpenIsOurFaultToo() {
        Dialect broken = new Dialect() {
            @Override
            public List<String> subprotocols() {
                return List.of();
            }

            @Override
            public DialectSession open(Client client, HandshakeInfo handshake) {
                throw new IllegalStateException("planted");
            }
        };
        ConnectionHandler handler = gateway.open(transport, broken, OPENING);
        handler.text("hello?", true);
        theatre.play();
        Theatre.awaitClosed(transport, 1011);
        await().until(() -> registry.size() == 0);
    }

    @Test
    void aStopRefusesNewcomersAndClosesEveryoneWith1001AndAWindow() {
        Drain drain = new Drain(registry, theatre.fanout, Duration.ofMillis(200));
        List<FakeWire> transports = List.of(new FakeWire(), new FakeWire(), new FakeWire());
        transports.forEach(each -> gateway.open(each, new Scribe(), OPENING));
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(drain::closeAll);
        await().until(() -> {
            theatre.play();
            return stopping.isDone();
        });
        assertTrue(drain.draining());
        for (FakeWire each : transports) {
            Theatre.awaitClosed(each, 1001);
            assertEquals("The server is shutting down; reconnect within 200 ms", each.reason);
        }
        Rejection rejection = drain.rejection().orElseThrow();
        assertEquals(503, rejection.status());
        assertEquals("1", rejection.headers().get("Retry-After"));
    }
}
