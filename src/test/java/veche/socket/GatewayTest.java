package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Frame;
import veche.dialect.Malformed;
import veche.dialect.Opening;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.Visit;
import veche.room.Visitor;

/** From an open socket to its end: the registry, what a conversation throws, and the graceful stop. */
class GatewayTest {
    private static final Opening OPENING = new Opening(
            "", Theatre.ANN, URI.create("ws://site.com/chat"), Map.of(), Map.of(), "::1", List.of(Locale.ENGLISH));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SessionRegistry registry = new SessionRegistry();
    private final Theatre theatre = new Theatre();
    private final FakeWire wire = new FakeWire();
    private Gateway gateway;

    /** Writes down what it hears, and fails where it is told to. */
    private final class Scribe implements Dialect {
        @Override
        public List<String> subprotocols() {
            return List.of();
        }

        @Override
        public Conversation open(Client client, Opening opening) {
            client.send(new Frame.Text("welcome"));
            return new Conversation() {
                @Override
                public void hear(String text) {
                    switch (text) {
                        case "malformed" -> throw new Malformed(CloseCode.PROTOCOL_ERROR, "Not a message");
                        case "bug" -> throw new IllegalStateException("planted");
                        case "exhausted" -> throw new OutOfMemoryError("planted");
                        default -> heard.add(text);
                    }
                }

                @Override
                public void hear(ByteBuffer data) {
                    heard.add(data.remaining() + " bytes");
                }

                @Override
                public void closed() {
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

    private Dialogue opened() {
        Dialogue dialogue = gateway.open(wire, new Scribe(), OPENING);
        theatre.play();
        return dialogue;
    }

    @Test
    void aSocketIsRegisteredAsLongAsItIsOpen() {
        Dialogue dialogue = opened();
        assertEquals(1, registry.size());
        assertEquals(List.of("welcome"), wire.texts());
        gateway.closed(dialogue);
        gateway.closed(dialogue);
        assertEquals(0, registry.size());
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void aSnapshotTellsOfEachConnection() {
        Dialogue dialogue = opened();
        dialogue.text("Hel", false);
        dialogue.text("lo", true);
        Visit visit = theatre.rooms.visit(
                new Visitor(
                        new Author("user:ann", "Ann"),
                        List.of("admin"),
                        Optional.empty(),
                        Optional.empty(),
                        Visitor.Provider.TOKEN),
                dialogue.id(),
                reason -> {});
        visit.attend(new RoomName("hall"));
        ConnectionSnapshot snapshot = registry.snapshot(theatre.rooms.visits()).get(0);
        assertEquals(dialogue.id(), snapshot.id());
        assertEquals("user:ann", snapshot.visitor().author().id());
        assertEquals(Set.of(new RoomName("hall")), snapshot.rooms());
        assertEquals("::1", snapshot.remoteAddress());
        assertEquals("FakeWire", snapshot.wire());
        assertEquals(1, snapshot.sentMessages());
        assertEquals("welcome".length(), snapshot.sentBytes());
        assertEquals(1, snapshot.receivedMessages());
        assertEquals(0, snapshot.pendingBytes());
        visit.end();
        assertEquals(
                OPENING.visitor(),
                registry.snapshot(theatre.rooms.visits()).get(0).visitor());
    }

    @Test
    void partsBecomeMessages() {
        Dialogue dialogue = opened();
        dialogue.text("Hel", false);
        dialogue.text("lo", true);
        dialogue.binary(ByteBuffer.allocate(3), false);
        dialogue.binary(ByteBuffer.allocate(4), true);
        assertEquals(List.of("Hello", "7 bytes"), heard);
    }

    private void endsWith(Dialogue dialogue, int code) {
        theatre.play();
        Theatre.awaitClosed(wire, code);
        await().until(() -> registry.size() == 0 && heard.equals(List.of("closed")));
        dialogue.text("too late", true);
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void whatIsMalformedClosesWithItsCode() {
        Dialogue dialogue = opened();
        dialogue.text("malformed", true);
        endsWith(dialogue, 1002);
        assertEquals("Not a message", wire.reason);
    }

    @Test
    void aMessageOverTheLimitCloses() {
        Dialogue dialogue = opened();
        dialogue.text("x".repeat(theatre.fanout.limits().maxTextBytes() + 1), true);
        endsWith(dialogue, 1009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "exhausted"})
    void whateverAConversationThrowsIsOurFaultWithAnIncidentId(String message) {
        Dialogue dialogue = opened();
        dialogue.text(message, true);
        endsWith(dialogue, 1011);
        assertTrue(wire.reason.matches("Incident [0-9a-f-]{36}"), wire.reason);
    }

    @Test
    void aDialectThatCannotOpenIsOurFaultToo() {
        Dialect broken = new Dialect() {
            @Override
            public List<String> subprotocols() {
                return List.of();
            }

            @Override
            public Conversation open(Client client, Opening opening) {
                throw new IllegalStateException("planted");
            }
        };
        Dialogue dialogue = gateway.open(wire, broken, OPENING);
        dialogue.text("hello?", true);
        theatre.play();
        Theatre.awaitClosed(wire, 1011);
        await().until(() -> registry.size() == 0);
    }

    @Test
    void aStopRefusesNewcomersAndClosesEveryoneWith1001AndAWindow() {
        Drain drain = new Drain(registry, theatre.fanout, Duration.ofMillis(200));
        List<FakeWire> wires = List.of(new FakeWire(), new FakeWire(), new FakeWire());
        wires.forEach(each -> gateway.open(each, new Scribe(), OPENING));
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(drain::closeAll);
        await().until(() -> {
            theatre.play();
            return stopping.isDone();
        });
        assertTrue(drain.draining());
        for (FakeWire each : wires) {
            Theatre.awaitClosed(each, 1001);
            assertEquals("The server stops; reconnect within 200 ms", each.reason);
        }
        HandshakePolicy.Rejection rejection = assertThrows(HandshakePolicy.Rejected.class, drain::refuseWhileDraining)
                .rejection();
        assertEquals(503, rejection.status());
        assertEquals("1", rejection.headers().get("Retry-After"));
    }
}
