package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.dialect.HandshakeInfo;
import veche.limit.Refusals;
import veche.limit.Throughput;
import veche.room.Author;

/** The connections of an HTTP session, whose id changes and which ends at any time. */
class LoginSessionsTest {
    private final FanoutFixture fixture = new FanoutFixture();
    private final LoginSessions sessions = new LoginSessions();
    private final ConnectionHandler one = connection();
    private final ConnectionHandler two = connection();

    @AfterEach
    void close() {
        fixture.fanout.close();
    }

    private ConnectionHandler connection() {
        HandshakeInfo handshake = new HandshakeInfo(
                "",
                new Author("user:ann", "Ann"),
                URI.create("ws://site.com/chat"),
                Map.of(),
                Map.of(),
                "203.0.113.7",
                List.of(Locale.ENGLISH));
        return new ConnectionHandler(
                fixture.fanout, new FakeTransport(), new Throughput(Throughput.Limits.NONE, new Refusals()), handshake);
    }

    @Test
    void theConnectionsOfASessionAreReturnedOnceWhenItEnds() {
        sessions.add("a", one);
        sessions.add("a", two);
        sessions.add("b", connection());
        assertEquals(Set.of(one, two), sessions.end("a"));
        assertEquals(Set.of(), sessions.end("a"));
    }

    @Test
    void aClosedConnectionIsForgotten() {
        sessions.add("a", one);
        sessions.add("a", two);
        sessions.remove(one);
        assertEquals(Set.of(two), sessions.end("a"));
        sessions.remove(two);
    }

    @Test
    void aSessionKeepsItsConnectionsUnderANewId() {
        sessions.add("a", one);
        sessions.rename("a", "b");
        sessions.rename("unknown", "c");
        assertEquals(Set.of(), sessions.end("a"));
        assertEquals(Set.of(one), sessions.end("b"));
    }

    @Test
    void aConnectionThatIsOpenedAfterTheEndOfItsSessionIsNotAdded() {
        sessions.end("a");
        assertFalse(sessions.add("a", one));
        assertTrue(sessions.add("b", one));
    }
}
