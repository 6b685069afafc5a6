package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.auth.Anonymous;
import veche.room.Author;
import veche.room.Draft;
import veche.room.ManualLog;
import veche.room.RoomName;

class RoomTopicTest {
    private static final String LOBBY = "veche.room.lobby";

    private final TestRealm realm = new TestRealm();
    private final TestClient one = realm.join();
    private final TestClient two = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    private static long say(TestClient client, String room, String text) {
        client.request(PUBLISH, dict("acknowledge", true), room, List.of(text));
        return (Long) client.expect(PUBLISHED).get(2);
    }

    private static Map<?, ?> kwargs(List<Object> event) {
        return (Map<?, ?>) event.get(5);
    }

    @Test
    void anEventCarriesTheTextAndAllOfTheMessage() {
        long subscription = one.subscribe(LOBBY);
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("hello"), dict("key", "k1"));
        long publication = (Long) two.expect(PUBLISHED).get(2);
        List<Object> event = one.expect(EVENT);
        assertEquals(List.of(subscription, publication, dict(), List.of("hello")), event.subList(1, 5));
        Map<?, ?> message = kwargs(event);
        assertEquals(
                List.of("lobby", 1L, dict("id", "guest:2", "name", "Guest 2"), "text", "hello", "k1"),
                List.of(
                        message.get("room"),
                        message.get("position"),
                        message.get("author"),
                        message.get("kind"),
                        message.get("text"),
                        message.get("key")));
        assertEquals(7, UUID.fromString((String) message.get("id")).version());
        assertTrue(((String) message.get("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertNotNull(message.get("epoch"));
    }

    @Test
    void publishedComesOnlyOnceTheMessageIsInTheLog() {
        say(two, LOBBY, "kept");
        List<?> history = (List<?>) one.call("veche.history", "lobby");
        assertEquals("kept", ((Map<?, ?>) history.get(0)).get("text"));
    }

    @Test
    void aDeletedMessageLeavesATombstoneForEveryReader() {
        long subscription = one.subscribe(LOBBY);
        Map<?, ?> said = (Map<?, ?>) two.call("veche.send", "lobby", "secret");
        assertEquals(List.of("secret"), one.expect(EVENT).get(4));
        two.call("veche.edit", "lobby", said.get("id"), "secret, too");
        assertEquals(List.of("secret, too"), one.expect(EVENT).get(4));
        two.call("veche.delete", "lobby", said.get("id"));
        assertEquals("delete", kwargs(one.expect(EVENT)).get("kind"));
        TestClient later = realm.join();
        later.subscribe(LOBBY, "_after", dict("epoch", said.get("epoch"), "position", 0L));
        later.expect(EVENT);
        Map<?, ?> tombstone = kwargs(later.expect(EVENT));
        assertEquals(true, tombstone.get("deleted"));
        assertEquals(said.get("author"), tombstone.get("author"));
        assertEquals("edit", kwargs(later.expect(EVENT)).get("kind"));
        assertEquals("delete", kwargs(later.expect(EVENT)).get("kind"));
        List<Object> answers = List.of(
                later.call("veche.history", "lobby"),
                one.call("wamp.subscription.get_events", subscription),
                later.call("veche.search", "lobby", "secret"));
        assertFalse(answers.toString().contains("secret"), answers::toString);
        assertEquals(
                0,
                later.frames().stream()
                        .filter(frame -> frame.toString().contains("too"))
                        .count());
        two.request(CALL, dict(), "veche.edit", List.of("lobby", said.get("id"), "back"));
        assertEquals("veche.error.no_such_message", two.expectError());
    }

    @Test
    void aFileIsPublishedAsABinaryString() {
        one.subscribe(LOBBY);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(new byte[] {0, 1, 2});
        two.request(PUBLISH, dict(), LOBBY, List.of(bytes), dict("text", "a.bin"));
        Map<?, ?> message = kwargs(one.expect(EVENT));
        assertEquals(
                List.of("file", bytes, "a.bin"),
                List.of(message.get("kind"), message.get("data"), message.get("text")));
    }

    @Test
    void aFileWithANameHasACaption() {
        one.subscribe(LOBBY);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(new byte[] {0, 1, 2});
        two.request(PUBLISH, dict(), LOBBY, List.of(bytes), dict("text", "the bell", "name", "\0a.png"));
        Map<?, ?> message = kwargs(one.expect(EVENT));
        assertEquals(List.of("the bell", "\u2400a.png"), List.of(message.get("text"), message.get("name")));
        two.call("veche.edit", "lobby", message.get("id"), "the other bell");
        Map<?, ?> edited = (Map<?, ?>) ((List<?>) two.call("veche.history", "lobby")).get(0);
        assertEquals(List.of("the other bell", "\u2400a.png"), List.of(edited.get("text"), edited.get("name")));
        two.call("veche.delete", "lobby", message.get("id"));
        assertFalse(((Map<?, ?>) ((List<?>) two.call("veche.history", "lobby")).get(0)).containsKey("name"));
    }

    @Test
    void aNameThatIsTooLongOrOfNoFileIsRefused() {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(1);
        two.request(
                CALL, dict(), "veche.send", List.of(), dict("room", "lobby", "data", bytes, "name", "n".repeat(256)));
        assertEquals("wamp.error.invalid_argument", two.expectError());
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("text"), dict("name", "a.png"));
        assertEquals("wamp.error.invalid_argument", two.expectError());
        Map<?, ?> sent = (Map<?, ?>) two.call("veche.send", "lobby", "caption", bytes, null, null, "a.png");
        assertEquals(
                List.of("file", "caption", "a.png"), List.of(sent.get("kind"), sent.get("text"), sent.get("name")));
    }

    @Test
    void theSameKeyGivesTheFirstAnswerAgain() {
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("once"), dict("key", "k"));
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("twice"), dict("key", "k"));
        assertEquals(two.expect(PUBLISHED).get(2), two.expect(PUBLISHED).get(2));
        assertEquals(1, ((List<?>) two.call("veche.history", "lobby")).size());
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        two.request(PUBLISH, dict("acknowledge", true), "veche.room.Not-A-Room", List.of("x"));
        assertEquals("wamp.error.invalid_uri", two.expectError());
        two.request(SUBSCRIBE, dict(), "veche.room.Not-A-Room");
        assertEquals("wamp.error.invalid_uri", two.expectError());
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of(7L));
        assertEquals("wamp.error.invalid_argument", two.expectError());
        two.request(PUBLISH, dict("acknowledge", true), LOBBY);
        assertEquals("wamp.error.invalid_argument", two.expectError());
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("x"), dict("key", "k".repeat(200)));
        assertEquals("wamp.error.invalid_argument", two.expectError());
        two.request(
                16,
                dict("acknowledge", true),
                LOBBY,
                List.of("x"),
                dict("kind", "edit", "target", UUID.randomUUID().toString()));
        assertEquals("veche.error.no_such_message", two.expectError());
    }

    @Test
    void excludeMeHoldsForRoomsToo() {
        one.subscribe(LOBBY);
        two.subscribe(LOBBY);
        say(one, LOBBY, "not to me");
        two.expect(EVENT);
        one.expectNothing();
        one.request(PUBLISH, dict("exclude", List.of(), "exclude_me", false), LOBBY, List.of("to all"));
        assertEquals(List.of("to all"), one.expect(EVENT).get(4));
        assertEquals(List.of("to all"), two.expect(EVENT).get(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exclude",
                "exclude_authid",
                "exclude_authrole",
                "eligible",
                "eligible_authid",
                "eligible_authrole"
            })
    void aRoomsMessageIsForAllWhoMayReadTheRoom(String option) {
        two.subscribe(LOBBY);
        List<Object> list = List.of(option.contains("_") ? "boss" : (Object) 4711L);
        one.request(PUBLISH, dict("acknowledge", true, option, list), LOBBY, List.of("secret"));
        assertEquals("wamp.error.option_not_allowed", one.expectError());
        one.request(PUBLISH, dict(option, list), LOBBY, List.of("secret"));
        one.request(
                48,
                dict(),
                "wamp.session.add_testament",
                List.of(LOBBY, List.of("secret"), dict()),
                dict("publish_options", dict(option, list)));
        assertEquals("wamp.error.option_not_allowed", one.expectError());
        two.expectNothing();
        assertEquals(List.of(), two.call("veche.history", "lobby"));
    }

    @Test
    void afterUnsubscribedARoomIsSilent() {
        long subscription = one.subscribe(LOBBY);
        one.request(UNSUBSCRIBE, subscription);
        one.expect(UNSUBSCRIBED);
        say(two, LOBBY, "x");
        one.expectNothing();
    }

    @Test
    void aSubscribeThatAnUnsubscribeOvertakesIsAnsweredToo() {
        ManualLog log = new ManualLog();
        try (TestRealm slow = new TestRealm(WampSettings.DEFAULT, List.of(new Anonymous()), log)) {
            TestClient client = slow.join();
            long pending = client.request(SUBSCRIBE, dict(), LOBBY);
            client.request(UNSUBSCRIBE, client.call("wamp.subscription.lookup", LOBBY));
            client.expect(UNSUBSCRIBED);
            log.commit();
            List<Object> error = client.expect(ERROR);
            assertEquals(List.of(32L, pending), error.subList(1, 3));
            assertEquals("wamp.error.canceled", error.get(4));
        }
    }

    @Test
    void aRoomsEventIsWordedOncePerFormat() {
        one.subscribe(LOBBY);
        two.subscribe(LOBBY);
        assertEquals(1, one.encoders().size());
        assertEquals(one.encoders(), two.encoders());
        TestClient packed = realm.join("wamp.2.msgpack");
        packed.subscribe(LOBBY);
        assertNotEquals(one.encoders(), packed.encoders());
    }

    @Test
    void withAfterNullTheClientLearnsWhereItStands() {
        say(two, LOBBY, "before");
        long subscription = one.subscribe(LOBBY, "_after", null);
        List<Object> where = one.expect(EVENT);
        Map<?, ?> details = (Map<?, ?>) where.get(3);
        assertEquals(
                List.of(subscription, true, 1L),
                List.of(where.get(1), details.get("_recovered"), details.get("_position")));
        assertNotNull(details.get("_epoch"));
        say(two, LOBBY, "live");
        assertEquals(dict("_position", 2L), one.expect(EVENT).get(3));
    }

    private Map<?, ?> standing() {
        return (Map<?, ?>) two.call("veche.join", "lobby");
    }

    @Test
    void aClientThatResumesHearsWhatItMissedThenWhatIsLive() {
        for (int i = 1; i <= 10; i++) {
            say(two, LOBBY, "m" + i);
        }
        Object epoch = standing().get("epoch");
        one.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", 4L));
        assertEquals(
                dict("_recovered", true, "_epoch", epoch, "_position", 10L),
                one.expect(EVENT).get(3));
        say(two, LOBBY, "m11");
        for (long position = 5; position <= 11; position++) {
            List<Object> event = one.expect(EVENT);
            assertEquals(List.of(dict("_position", position), List.of("m" + position)), event.subList(3, 5));
        }
        one.expectNothing();
    }

    @Test
    void whatCannotBeRecoveredIsSaidOpenly() {
        say(two, LOBBY, "m1");
        Object epoch = standing().get("epoch");
        one.subscribe(LOBBY, "_after", dict("epoch", "another", "position", 0L));
        assertEquals(
                dict("_recovered", false, "_epoch", epoch, "_position", 1L),
                one.expect(EVENT).get(3));
        TestClient ahead = realm.join();
        ahead.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", 99L));
        assertEquals(false, ((Map<?, ?>) ahead.expect(EVENT).get(3)).get("_recovered"));
        one.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"epoch\":\"x\"}", "{\"position\":1}"})
    void aPositionHasBothParts(String after) {
        one.give(new veche.dialect.Frame.Text("[32,1,{\"_after\":" + after + "},\"veche.room.lobby\"]"));
        assertEquals("wamp.error.invalid_argument", one.expectError());
    }

    @Test
    void aClientThatDropsAHundredTimesHasEverythingOnceInOrder() {
        Object epoch = standing().get("epoch");
        List<Long> heard = new ArrayList<>();
        long sent = 0;
        for (int drop = 0; drop < 100; drop++) {
            long known = heard.isEmpty() ? 0 : heard.get(heard.size() - 1);
            TestClient client = realm.join();
            client.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", known));
            assertEquals(true, ((Map<?, ?>) client.expect(EVENT).get(3)).get("_recovered"));
            for (int i = 0; i < 100; i++) {
                two.request(PUBLISH, dict(), LOBBY, List.of("m" + ++sent));
            }
            // Lost at a moment of its own choosing, with some of them under way.
            say(two, LOBBY, "m" + ++sent);
            for (int i = 0; i < 50 + drop % 50; i++) {
                heard.add((Long) ((Map<?, ?>) client.expect(EVENT).get(3)).get("_position"));
            }
            client.vanish();
        }
        TestClient last = realm.join();
        last.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", heard.get(heard.size() - 1)));
        last.expect(EVENT);
        while (heard.get(heard.size() - 1) < sent) {
            heard.add((Long) ((Map<?, ?>) last.expect(EVENT).get(3)).get("_position"));
        }
        assertEquals(LongStream.rangeClosed(1, sent).boxed().toList(), heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "veche.", "veche.room.", "veche.room.l"})
    void aPrefixHearsTheRoomsThatItMatchesAndThoseThatAppearLater(String prefix) {
        say(two, LOBBY, "long before");
        one.subscribe(prefix, "match", "prefix");
        if (prefix.isEmpty()) {
            // It matches the topics of the meta API too, and these tell of this very subscription.
            assertEquals(
                    dict("topic", "wamp.subscription.on_create"),
                    one.expect(EVENT).get(3));
            assertEquals(
                    dict("topic", "wamp.subscription.on_subscribe"),
                    one.expect(EVENT).get(3));
        }
        say(two, LOBBY, "old room");
        List<Object> event = one.expect(EVENT);
        assertEquals(List.of(dict("topic", LOBBY), List.of("old room")), event.subList(3, 5));
        say(two, "veche.room.later", "new room");
        event = one.expect(EVENT);
        assertEquals(List.of(dict("topic", "veche.room.later"), List.of("new room")), event.subList(3, 5));
    }

    @Test
    void aPrefixIsAcceptedHoweverManyRoomsThereAre() {
        Draft draft = Draft.text(new Author("user:x", "X"), "x");
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sent.add(realm.rooms.send(new RoomName("room-" + i), draft).toCompletableFuture());
        }
        sent.forEach(CompletableFuture::join);
        one.subscribe("veche.room.", "match", "prefix");
        for (String room : List.of("room-7", "room-1999", "room-7")) {
            say(two, "veche.room." + room, room);
            assertEquals(List.of(room), one.expect(EVENT).get(4));
        }
    }

    @Test
    void whoeverSubscribesLaterReceivesWhatIsSaidFromThenOn() {
        one.subscribe("veche.room.", "match", "prefix");
        say(two, LOBBY, "early");
        assertEquals(List.of("early"), one.expect(EVENT).get(4));
        TestClient three = realm.join();
        three.subscribe("veche.room.", "match", "prefix");
        say(two, LOBBY, "late");
        assertEquals(List.of("late"), one.expect(EVENT).get(4));
        assertEquals(List.of("late"), three.expect(EVENT).get(4));
        one.expectNothing();
        three.expectNothing();
    }

    @Test
    void aSessionJoinsAThousandRooms() {
        for (int i = 0; i < 1_000; i++) {
            one.call("veche.join", "room-" + i);
        }
        one.request(CALL, dict(), "veche.join", List.of("one-more"));
        assertEquals("veche.error.limit_reached", one.expectError());
        one.call("veche.join", "room-1");
        one.call("veche.leave", "room-1");
        one.call("veche.join", "one-more");
    }

    @Test
    void aWildcardHearsRooms() {
        one.subscribe("veche.room.", "match", "wildcard");
        say(two, LOBBY, "x");
        assertEquals(dict("topic", LOBBY), one.expect(EVENT).get(3));
        long subscription = (Long) one.call("wamp.subscription.lookup", "veche.room.", dict("match", "wildcard"));
        one.request(UNSUBSCRIBE, subscription);
        one.expect(UNSUBSCRIBED);
        say(two, LOBBY, "y");
        one.expectNothing();
    }

    @Test
    void aPatternHearsARoomThatOthersSpeakInFirst() {
        one.subscribe("veche.room.", "match", "prefix");
        realm.rooms.send(new RoomName("fresh"), Draft.text(new Author("user:x", "X"), "from elsewhere"));
        assertEquals(List.of("from elsewhere"), one.expect(EVENT).get(4));
    }

    @Test
    void theProceduresOfTheChatAreThere() {
        one.subscribe("veche.room.lobby.", "match", "prefix");
        Map<?, ?> standing = (Map<?, ?>) two.call("veche.join", "lobby");
        assertEquals(
                List.of("lobby", 0L, 1L),
                List.of(standing.get("room"), standing.get("position"), standing.get("members")));
        assertEquals("veche.room.lobby.joined", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        Map<?, ?> said = (Map<?, ?>) two.call("veche.send", "lobby", "hello");
        String id = (String) said.get("id");
        two.request(CALL, dict(), "veche.edit", List.of(), dict("room", "lobby", "target", id, "text", "hullo"));
        Map<?, ?> edit = (Map<?, ?>) ((List<?>) two.expect(RESULT).get(3)).get(0);
        assertEquals(List.of("edit", id, "hullo"), List.of(edit.get("kind"), edit.get("target"), edit.get("text")));
        assertEquals("reaction", ((Map<?, ?>) one.call("veche.react", "lobby", id, "👍")).get("kind"));
        one.request(CALL, dict(), "veche.delete", List.of("lobby", id));
        assertEquals("wamp.error.not_authorized", one.expectError());
        assertEquals("delete", ((Map<?, ?>) two.call("veche.delete", "lobby", id)).get("kind"));
        assertEquals(4, ((List<?>) one.call("veche.history", "lobby")).size());
        assertEquals(2, ((List<?>) one.call("veche.history", "lobby", 3L, 10L)).size());
        assertEquals(List.of(dict("id", "guest:2", "name", "Guest 2")), one.call("veche.members", "lobby"));
        assertEquals(List.of("lobby"), one.call("veche.rooms"));
        two.call("veche.typing", "lobby");
        assertEquals("veche.room.lobby.typing", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        two.call("veche.read", "lobby", 3L);
        assertEquals(3L, kwargs(one.expect(EVENT)).get("position"));
        two.call("veche.leave", "lobby");
        assertEquals("veche.room.lobby.left", ((Map<?, ?>) one.expect(EVENT).get(3)).get("topic"));
        one.request(CALL, dict(), "veche.send", List.of("lobby"));
        assertEquals("wamp.error.invalid_argument", one.expectError());
        one.request(CALL, dict(), "veche.join", List.of("No Room"));
        assertEquals("wamp.error.invalid_argument", one.expectError());
    }

    @Test
    void aConnectionThatIsLostLeavesTheRoom() {
        one.subscribe("veche.room.lobby.left");
        two.call("veche.join", "lobby");
        two.vanish();
        assertEquals(
                dict("id", "guest:2", "name", "Guest 2"),
                kwargs(one.expect(EVENT)).get("author"));
        assertEquals(List.of(), one.call("veche.members", "lobby"));
    }
}
