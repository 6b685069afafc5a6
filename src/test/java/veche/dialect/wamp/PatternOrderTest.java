package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.delivery.ConnectionLimits;
import veche.delivery.FakeTransport;
import veche.delivery.Fanout;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.UriPolicy;
import veche.identity.Tokens;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/**
 * Basic profile, "Ordering Guarantees", for a subscriber whose pattern matches a room for the first time: events of one
 * publisher keep their order across topics. The router, the log and the delivery workers are real.
 */
class PatternOrderTest {
    private static final int ROUNDS = 200;
    private static final Pattern NUMBERED_EVENT = Pattern.compile("^\\[" + EVENT + ",.*,\\[\"?(\\d+)\"?]");

    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);
    private final Rooms rooms = new Rooms(log, new Room.Recent(1024, 1 << 20));
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Fanout fanout = new Fanout(rooms, ConnectionLimits.DEFAULT, 2);
    private final Dialect dialect = WampDialects.of(
                    rooms,
                    WampSettings.DEFAULT,
                    scheduler,
                    scheduler,
                    List.of(new Anonymous()),
                    Tokens.none(),
                    UriPolicy.NONE,
                    fanout.memory())
            .dialects()
            .get(1);

    private final class TestPeer {
        private final FakeTransport received = new FakeTransport();
        private final DialectSession session;
        private long request;

        TestPeer(String name) {
            session = dialect.open(
                    fanout.connect(received),
                    new HandshakeInfo(
                            "wamp.2.json",
                            new Author("guest:" + name, name),
                            URI.create("ws://127.0.0.1/chat"),
                            Map.of(),
                            Map.of(),
                            "127.0.0.1",
                            List.of(Locale.ENGLISH)));
            session.onText("[" + HELLO + ",\"veche\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]");
            await().until(() -> received.texts().size() == 1);
        }

        void subscribe(String topic, String match) {
            int before = received.texts().size();
            session.onText("[%d,%d,{\"match\":\"%s\"},\"%s\"]".formatted(SUBSCRIBE, ++request, match, topic));
            await().until(() -> received.texts().size() > before);
        }

        /** The numbers in the arguments of the received events, in the order of arrival. */
        List<Long> events() {
            return received.texts().stream()
                    .map(NUMBERED_EVENT::matcher)
                    .filter(Matcher::find)
                    .map(event -> Long.valueOf(event.group(1)))
                    .toList();
        }

        void publish(String topic, long number) {
            session.onText("[%d,%d,{},\"%s\",[\"%d\"]]".formatted(PUBLISH, ++request, topic, number));
        }
    }

    @BeforeEach
    void start() {
        fanout.start();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        fanout.close();
        log.close();
    }

    private static void assertInOrder(TestPeer subscriber, long count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.events().size() == count);
        assertEquals(LongStream.range(0, count).boxed().toList(), subscriber.events());
    }

    @Test
    void theFirstMessageOfARoomArrivesBeforeLaterMessagesOfFollowedRooms() {
        TestPeer subscriber = new TestPeer("Ann");
        TestPeer publisher = new TestPeer("Bob");
        subscriber.subscribe("veche.room.", "prefix");
        for (int i = 0; i < ROUNDS; i++) {
            publisher.publish("veche.room.new-" + i, 2L * i);
            publisher.publish("veche.room.known", 2L * i + 1);
        }
        assertInOrder(subscriber, 2L * ROUNDS);
    }

    @Test
    void theFirstMessageOfAnOpenRoomArrivesBeforeLaterMessagesOfFollowedRooms() {
        TestPeer subscriber = new TestPeer("Ann");
        TestPeer publisher = new TestPeer("Bob");
        List<Room> open = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            open.add(rooms.open(new RoomName("open-" + i)).toCompletableFuture().join());
        }
        subscriber.subscribe("veche.room.", "wildcard");
        for (int i = 0; i < ROUNDS; i++) {
            publisher.publish("veche.room." + open.get(i).name(), 2L * i);
            publisher.publish("veche.room.known", 2L * i + 1);
        }
        assertInOrder(subscriber, 2L * ROUNDS);
    }

    @Test
    void theFirstMessageOfARoomArrivesBeforeLaterEventsOfOtherTopics() {
        TestPeer subscriber = new TestPeer("Ann");
        TestPeer publisher = new TestPeer("Bob");
        subscriber.subscribe("veche.room.", "prefix");
        subscriber.subscribe("com.example.", "prefix");
        for (int i = 0; i < ROUNDS; i++) {
            publisher.publish("veche.room.new-" + i, 2L * i);
            publisher.publish("com.example.topic", 2L * i + 1);
        }
        assertInOrder(subscriber, 2L * ROUNDS);
    }
}
