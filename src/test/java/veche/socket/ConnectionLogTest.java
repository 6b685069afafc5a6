package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;

/** The log lines of a connection. */
class ConnectionLogTest {
    private static final HandshakeInfo HANDSHAKE = new HandshakeInfo(
            "wamp.2.json",
            FanoutFixture.ANN,
            URI.create("ws://site.com/chat"),
            Map.of(),
            Map.of(),
            "203.0.113.7",
            List.of(Locale.ENGLISH));

    private final Logger logger = Logger.getLogger("veche.connection");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final SessionRegistry registry = new SessionRegistry();
    private final FanoutFixture fixture = new FanoutFixture();
    private final FakeTransport transport = new FakeTransport();
    private Gateway gateway;

    /** Follows two rooms, one of them twice. */
    private final class Follower implements Dialect {
        @Override
        public List<String> subprotocols() {
            return List.of();
        }

        @Override
        public DialectSession open(Client client, HandshakeInfo handshake) {
            for (var name : List.of(FanoutFixture.HALL, FanoutFixture.ATTIC, FanoutFixture.HALL)) {
                var room = fixture.room(name);
                client.follow(room, room.tail(), FanoutFixture.ENCODER, transport);
            }
            return new DialectSession() {
                @Override
                public void onText(String text) {}

                @Override
                public void onBinary(java.nio.ByteBuffer data) {}

                @Override
                public void onClose() {}
            };
        }
    }

    @BeforeEach
    void listen() {
        logger.addHandler(recorder);
        gateway = new Gateway(registry, fixture.fanout, List.of(new Follower()));
    }

    @AfterEach
    void end() {
        logger.removeHandler(recorder);
        fixture.close();
    }

    private ConnectionHandler opened() {
        ConnectionHandler handler = gateway.open(transport, new Follower(), HANDSHAKE);
        fixture.runUntilIdle();
        return handler;
    }

    private void awaitLines(String... expected) {
        await().until(() -> {
            fixture.runUntilIdle();
            return lines.size() >= expected.length;
        });
        assertEquals(List.of(expected), List.copyOf(lines));
    }

    private static String handshake(ConnectionHandler handler) {
        return "INFO opened connection=" + handler.id() + " remote=203.0.113.7 subprotocol=wamp.2.json author=ann";
    }

    @Test
    void aConnectionClosedByTheClientIsLoggedWhenOpenedAndClosed() {
        ConnectionHandler handler = opened();
        gateway.closed(handler, 1000);
        gateway.closed(handler, 1006);
        awaitLines(
                handshake(handler),
                "INFO closed connection=" + handler.id() + " code=1000 by=client room=hall,attic reason=-");
    }

    @Test
    void aConnectionClosedByTheServerIsLoggedWithItsReason() {
        ConnectionHandler handler = opened();
        handler.close(CloseCode.GOING_AWAY, "The server stops");
        fixture.runUntilIdle();
        gateway.closed(handler, 1001);
        awaitLines(
                handshake(handler),
                "INFO closed connection=" + handler.id()
                        + " code=1001 by=server room=hall,attic reason=\"The server stops\"");
    }
}
