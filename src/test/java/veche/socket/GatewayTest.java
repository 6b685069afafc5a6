package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
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
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.limit.ClientMemory;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** The life of a connection: the registry, exceptions of dialect sessions, and graceful shutdown. */
class GatewayTest {
    private static final HandshakeInfo HANDSHAKE = new HandshakeInfo(
            "",
            FanoutFixture.ANN,
            URI.create("ws://site.com/chat"),
            Map.of(),
            Map.of(),
            "::1",
            List.of(Locale.ENGLISH));

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final SessionRegistry registry = new SessionRegistry();
    private final FanoutFixture fixture = new FanoutFixture();
    private final FakeTransport transport = new FakeTransport();
    private Gateway gateway;

    /** Records the messages it receives and throws on certain texts. */
    private final class RecordingDialect implements Dialect {
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
                        default -> events.add(text);
                    }
                }

                @Override
                public void onBinary(ByteBuffer data) {
                    events.add(data.remaining() + " bytes");
                }

                @Override
                public void onClose() {
                    events.add("closed");
                }
            };
        }
    }

    @BeforeEach
    void open() {
        gateway = new Gateway(registry, fixture.fanout, List.of(new RecordingDialect()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ConnectionHandler opened() {
        ConnectionHandler handler = gateway.open(transport, new RecordingDialect(), HANDSHAKE);
        fixture.runUntilIdle();
        return handler;
    }

    @Test
    void aLargeIncompleteMessageClosesItsConnectionWhileTheMemoryOfTheNodeIsFull() {
        ClientMemory memory = fixture.fanout.memory();
        ConnectionHandler large = opened();
        FakeTransport other = new FakeTransport();
        ConnectionHandler small = gateway.open(other, new RecordingDialect(), HANDSHAKE);
        large.text("x".repeat(FanoutFixture.BATCH_BYTES), false);
        memory.counter(ClientMemory.Part.RETAINED).add(FanoutFixture.MAX_CLIENT_BYTES);
        small.text("he", false);
        small.text("llo", true);
        assertEquals(List.of("hello"), events);
        large.text("x", false);
        FanoutFixture.awaitClosed(transport, 1013);
        await().until(() -> memory.bytes(ClientMemory.Part.ASSEMBLY) == 0);
        assertEquals(0, other.code);
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "1001, true", "1005, false", "1006, true", "1013, true", "4000, false"})
    void anInterruptionIsReportedBeforeTheSessionEnds(int code, boolean reported) {
        gateway.onInterruption((author, connection) -> events.add("interrupted " + author));
        ConnectionHandler handler = opened();
        gateway.closed(handler, code);
        fixture.runUntilIdle();
        List<String> expected = new ArrayList<>(List.of("closed"));
        if (reported) {
            expected.add(0, "interrupted " + HANDSHAKE.author().id());
        }
        assertEquals(expected, events.stream().distinct().toList());
    }

    @Test
    void aLargeIncompleteFrameClosesItsConnectionWhileTheMemoryOfTheNodeIsFull() {
        ClientMemory memory = fixture.fanout.memory();
        ConnectionHandler handler = opened();
        handler.onIncomplete(FanoutFixture.BATCH_BYTES + 1L);
        assertEquals(FanoutFixture.BATCH_BYTES + 1L, memory.bytes(ClientMemory.Part.ASSEMBLY));
        handler.onIncomplete(0);
        assertEquals(0, memory.bytes(ClientMemory.Part.ASSEMBLY));
        memory.counter(ClientMemory.Part.RETAINED).add(FanoutFixture.MAX_CLIENT_BYTES);
        handler.onIncomplete(FanoutFixture.BATCH_BYTES);
        assertEquals(0, transport.code);
        handler.onIncomplete(FanoutFixture.BATCH_BYTES + 1L);
        FanoutFixture.awaitClosed(transport, 1013);
        await().until(() -> memory.bytes(ClientMemory.Part.ASSEMBLY) == 0);
    }

    @Test
    void aConnectionIsRegisteredWhileItIsOpen() {
        ConnectionHandler handler = opened();
        assertEquals(1, registry.size());
        assertEquals(List.of("welcome"), transport.texts());
        gateway.closed(handler);
        gateway.closed(handler);
        assertEquals(0, registry.size());
        assertEquals(List.of("closed"), events);
    }

    @Test
    void aSnapshotDescribesEachConnection() {
        ConnectionHandler handler = opened();
        handler.text("Hel", false);
        handler.text("lo", true);
        RoomSession roomSession = fixture.rooms.roomSession(
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
                registry.snapshot(fixture.rooms.roomSessions()).get(0);
        assertEquals(handler.id(), snapshot.id());
        assertEquals("user:ann", snapshot.user().author().id());
        assertEquals(Set.of(new RoomName("hall")), snapshot.rooms());
        assertEquals("::1", snapshot.remoteAddress());
        assertEquals("FakeTransport", snapshot.transport());
        assertEquals(1, snapshot.sentMessages());
        assertEquals("welcome".length(), snapshot.sentBytes());
        assertEquals(1, snapshot.receivedMessages());
        assertEquals(0, snapshot.pendingBytes());
        roomSession.end();
        assertEquals(
                HANDSHAKE.user(),
                registry.snapshot(fixture.rooms.roomSessions()).get(0).user());
    }

    @Test
    void fragmentsAreAssembledIntoMessages() {
        ConnectionHandler handler = opened();
        handler.text("Hel", false);
        handler.text("lo", true);
        handler.binary(ByteBuffer.allocate(3), false);
        handler.binary(ByteBuffer.allocate(4), true);
        assertEquals(List.of("Hello", "7 bytes"), events);
    }

    private void assertClosedWith(ConnectionHandler handler, int code) {
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, code);
        await().until(() -> registry.size() == 0 && events.equals(List.of("closed")));
        handler.text("too late", true);
        assertEquals(List.of("closed"), events);
    }

    @Test
    void aMalformedMessageClosesWithItsCode() {
        ConnectionHandler handler = opened();
        handler.text("malformed", true);
        assertClosedWith(handler, 1002);
        assertEquals("Not a message", transport.reason);
    }

    @Test
    void aMessageOverTheLimitClosesWith1009() {
        ConnectionHandler handler = opened();
        handler.text("x".repeat(fixture.fanout.limits().maxTextBytes() + 1), true);
        assertClosedWith(handler, 1009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "exhausted"})
    void anExceptionInADialectSessionClosesWith1011AndAnIncidentId(String message) {
        ConnectionHandler handler = opened();
        handler.text(message, true);
        assertClosedWith(handler, 1011);
        assertTrue(transport.reason.matches("Incident [0-9a-f-]{36}"), transport.reason);
    }

    private record StubDialect(List<String> subprotocols) implements Dialect {
        @Override
        public DialectSession open(Client client, HandshakeInfo handshake) {
            throw new UnsupportedOperationException("Nothing is opened");
        }
    }

    private Optional<String> select(String... offered) {
        List<Dialect> dialects = List.of(
                new StubDialect(List.of()),
                new StubDialect(List.of("soap")),
                new StubDialect(List.of("wamp", "wamp.2.json")));
        return new Gateway(registry, fixture.fanout, dialects).select(List.of(offered));
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
    void aDialectThatFailsToOpenClosesWith1011() {
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
        ConnectionHandler handler = gateway.open(transport, broken, HANDSHAKE);
        handler.text("hello?", true);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1011);
        await().until(() -> registry.size() == 0);
    }

    @Test
    void aShutdownRejectsNewConnectionsAndClosesAllWith1001AndAReconnectWindow() {
        Drain drain = new Drain(registry, fixture.fanout, Duration.ofMillis(200), () -> {});
        List<FakeTransport> transports = List.of(new FakeTransport(), new FakeTransport(), new FakeTransport());
        transports.forEach(each -> gateway.open(each, new RecordingDialect(), HANDSHAKE));
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(drain::closeAll);
        await().until(() -> {
            fixture.runUntilIdle();
            return stopping.isDone();
        });
        assertTrue(drain.draining());
        for (FakeTransport each : transports) {
            FanoutFixture.awaitClosed(each, 1001);
            assertEquals("The server is shutting down; reconnect within 200 ms", each.reason);
        }
        Rejection rejection = drain.rejection().orElseThrow();
        assertEquals(503, rejection.status());
        assertEquals("1", rejection.headers().get("Retry-After"));
    }
}
