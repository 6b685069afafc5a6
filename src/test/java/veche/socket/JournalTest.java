package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Opening;

/** What the server's log tells of each connection. */
class JournalTest {
    private static final Opening OPENING = new Opening(
            "wamp.2.json",
            Theatre.ANN,
            URI.create("ws://site.com/chat"),
            Map.of(),
            Map.of(),
            "203.0.113.7",
            List.of(Locale.ENGLISH));

    private final Logger logger = Logger.getLogger("veche.connection");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler listening = new Handler() {
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
    private final Theatre theatre = new Theatre();
    private final FakeWire wire = new FakeWire();
    private Gateway gateway;

    /** Follows two rooms, one of them twice. */
    private final class Follower implements Dialect {
        @Override
        public List<String> subprotocols() {
            return List.of();
        }

        @Override
        public Conversation open(Client client, Opening opening) {
            for (var name : List.of(Theatre.HALL, Theatre.ATTIC, Theatre.HALL)) {
                var room = theatre.room(name);
                client.follow(room, room.tail(), Theatre.WORDING, wire);
            }
            return new Conversation() {
                @Override
                public void hear(String text) {}

                @Override
                public void hear(java.nio.ByteBuffer data) {}

                @Override
                public void closed() {}
            };
        }
    }

    @BeforeEach
    void listen() {
        logger.addHandler(listening);
        gateway = new Gateway(registry, theatre.fanout, List.of(new Follower()));
    }

    @AfterEach
    void end() {
        logger.removeHandler(listening);
        theatre.close();
    }

    private Dialogue opened() {
        Dialogue dialogue = gateway.open(wire, new Follower(), OPENING);
        theatre.play();
        return dialogue;
    }

    private void awaitLines(String... expected) {
        await().until(() -> {
            theatre.play();
            return lines.size() >= expected.length;
        });
        assertEquals(List.of(expected), List.copyOf(lines));
    }

    private static String opening(Dialogue dialogue) {
        return "INFO opened connection=" + dialogue.id() + " remote=203.0.113.7 subprotocol=wamp.2.json author=ann";
    }

    @Test
    void aConnectionThatItsClientEndsHasALineAtItsOpeningAndOneAtItsEnd() {
        Dialogue dialogue = opened();
        gateway.closed(dialogue, 1000);
        gateway.closed(dialogue, 1006);
        awaitLines(
                opening(dialogue),
                "INFO closed connection=" + dialogue.id() + " code=1000 by=client room=hall,attic reason=-");
    }

    @Test
    void oneThatWeEndSaysSoAndWhy() {
        Dialogue dialogue = opened();
        dialogue.close(CloseCode.GOING_AWAY, "The server stops");
        theatre.play();
        gateway.closed(dialogue, 1001);
        awaitLines(
                opening(dialogue),
                "INFO closed connection=" + dialogue.id()
                        + " code=1001 by=server room=hall,attic reason=\"The server stops\"");
    }

    @ParameterizedTest
    @CsvSource({
        "word, word",
        "'two words', '\"two words\"'",
        "'a\r\nINFO forged=line', '\"a??INFO forged=line\"'",
        "'say \"hi\"', '\"say ''hi''\"'",
        "'', -"
    })
    void aValueIsOneWordOrInQuotesAndNeverALineOfItsOwn(String text, String written) {
        assertEquals(written, Journal.value(text));
        assertTrue(Journal.value(text).lines().count() == 1);
    }
}
