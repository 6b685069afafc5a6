package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.json;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.auth.Anonymous;
import veche.room.ManualLog;
import veche.room.RoomPolicy;
import veche.room.access.Grant;
import veche.room.access.Privilege;

/** Publishing to rooms and receiving their events. */
class RoomTopicsTest extends LobbyFixture {
    @Test
    void anEventContainsTheTextAndAllFieldsOfTheMessage() {
        long subscription = one.subscribe(LOBBY);
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("hello"), dict("key", "k1"));
        long publication = (Long) two.expect(PUBLISHED).get(2);
        List<Object> event = one.expect(EVENT);
        assertEquals(List.of(subscription, publication, dict(), List.of("hello")), event.subList(1, 5));
        Map<?, ?> message = kwargs(event);
        assertEquals(
                List.of("lobby", 1L, dict("id", "guest:2", "name", "Guest 2", "guest", true), "text", "hello", "k1"),
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
    void publishedIsSentOnceTheMessageIsInTheLog() {
        publish(two, LOBBY, "kept");
        List<?> history = (List<?>) one.call("veche.history", "lobby");
        assertEquals("kept", ((Map<?, ?>) history.get(0)).get("text"));
    }

    @Test
    void aDeletedMessageLeavesATombstoneForEveryReader() {
        long subscription = one.subscribe(LOBBY);
        Map<?, ?> sent = (Map<?, ?>) two.call("veche.send", "lobby", "secret");
        assertEquals(List.of("secret"), one.expect(EVENT).get(4));
        two.call("veche.edit", "lobby", sent.get("id"), "secret, too");
        assertEquals(List.of("secret, too"), one.expect(EVENT).get(4));
        two.call("veche.delete", "lobby", sent.get("id"));
        assertEquals("delete", kwargs(one.expect(EVENT)).get("kind"));
        TestClient later = realm.join();
        later.subscribe(LOBBY, "_after", dict("epoch", sent.get("epoch"), "position", 0L));
        later.expect(EVENT);
        Map<?, ?> tombstone = kwargs(later.expect(EVENT));
        assertEquals(true, tombstone.get("deleted"));
        assertEquals(sent.get("author"), tombstone.get("author"));
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
        two.request(CALL, dict(), "veche.edit", List.of("lobby", sent.get("id"), "back"));
        assertEquals("veche.error.no_such_message", two.expectError());
    }

    @Test
    void aFileIsPublishedAsBinaryData() {
        one.subscribe(LOBBY);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, 2});
        two.request(PUBLISH, dict(), LOBBY, List.of(bytes), dict("text", "a.bin"));
        Map<?, ?> message = kwargs(one.expect(EVENT));
        assertEquals(
                List.of("file", bytes, "a.bin"),
                List.of(message.get("kind"), message.get("data"), message.get("text")));
    }

    @Test
    void theTextOfANamedFileIsItsCaption() {
        one.subscribe(LOBBY);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, 2});
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
    void aNameThatIsTooLongOrWithoutAFileIsRejected() {
        ByteBuffer bytes = ByteBuffer.allocate(1);
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
    void aRepeatedKeyReturnsTheFirstPublication() {
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("once"), dict("key", "k"));
        two.request(PUBLISH, dict("acknowledge", true), LOBBY, List.of("twice"), dict("key", "k"));
        assertEquals(two.expect(PUBLISHED).get(2), two.expect(PUBLISHED).get(2));
        assertEquals(1, ((List<?>) two.call("veche.history", "lobby")).size());
    }

    @Test
    void anInvalidPublicationOrSubscriptionIsRejected() {
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
                PUBLISH,
                dict("acknowledge", true),
                LOBBY,
                List.of("x"),
                dict("kind", "edit", "target", UUID.randomUUID().toString()));
        assertEquals("veche.error.no_such_message", two.expectError());
    }

    @Test
    void excludeMeAppliesToRooms() {
        one.subscribe(LOBBY);
        two.subscribe(LOBBY);
        publish(one, LOBBY, "not to me");
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
    void listsOfReceiversAreRejectedInRooms(String option) {
        two.subscribe(LOBBY);
        List<Object> list = List.of(option.contains("_") ? "boss" : (Object) 4711L);
        one.request(PUBLISH, dict("acknowledge", true, option, list), LOBBY, List.of("secret"));
        assertEquals("wamp.error.option_not_allowed", one.expectError());
        one.request(PUBLISH, dict(option, list), LOBBY, List.of("secret"));
        one.request(
                CALL,
                dict(),
                "wamp.session.add_testament",
                List.of(LOBBY, List.of("secret"), dict()),
                dict("publish_options", dict(option, list)));
        assertEquals("wamp.error.option_not_allowed", one.expectError());
        two.expectNothing();
        assertEquals(List.of(), two.call("veche.history", "lobby"));
    }

    @Test
    void noRoomEventArrivesAfterUnsubscribed() {
        long subscription = one.subscribe(LOBBY);
        one.request(UNSUBSCRIBE, subscription);
        one.expect(UNSUBSCRIBED);
        publish(two, LOBBY, "x");
        one.expectNothing();
    }

    @Test
    void aPendingSubscribeIsCanceledByUnsubscribe() {
        ManualLog log = new ManualLog();
        try (TestRealm slow = new TestRealm(TestRealm.SETTINGS, List.of(new Anonymous()), log)) {
            TestClient client = slow.join();
            long pending = client.request(SUBSCRIBE, dict(), LOBBY);
            client.request(UNSUBSCRIBE, client.call("wamp.subscription.lookup", LOBBY));
            client.expect(UNSUBSCRIBED);
            log.commit();
            List<Object> error = client.expect(ERROR);
            assertEquals(message(SUBSCRIBE, pending), error.subList(1, 3));
            assertEquals("wamp.error.canceled", error.get(4));
        }
    }

    @Test
    void aRoomEventIsEncodedOncePerFormat() {
        one.subscribe(LOBBY);
        two.subscribe(LOBBY);
        assertEquals(1, one.encoders().size());
        assertEquals(one.encoders(), two.encoders());
        TestClient packed = realm.join("wamp.2.msgpack");
        packed.subscribe(LOBBY);
        assertNotEquals(one.encoders(), packed.encoders());
    }

    @Test
    void roomsReplaceUnpairedSurrogatesAndALeadingNul() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("veche.room.lobby");
        publisher.sendFrame(json(PUBLISH, "1,{\"acknowledge\":true},\"veche.room.lobby\",[\"\\u0000hello \\ud800\"]"));
        publisher.expect(PUBLISHED);
        List<Object> event = subscriber.expect(EVENT);
        assertEquals(List.of("␀hello \ufffd"), event.get(4));
        assertEquals("␀hello \ufffd", ((Map<?, ?>) event.get(5)).get("text"));
    }

    @Test
    void aPatternFollowsARoomFromTheMessageForWhichAnAsynchronousPolicyDecides() {
        CompletableFuture<Grant> decision = new CompletableFuture<>();
        RoomPolicy slow = (user, room) ->
                user.roles().isEmpty() ? decision : CompletableFuture.completedFuture(Grant.of(Privilege.MEMBERSHIP));
        try (TestRealm guarded = new TestRealm(slow)) {
            TestClient reader = guarded.joinAs("wamp.2.json", "reader");
            TestClient writer = guarded.joinAs("wamp.2.json", "writer", "author");
            reader.subscribe("veche.room", "match", "prefix");
            for (String text : List.of("one", "two")) {
                writer.request(PUBLISH, dict("acknowledge", true), "veche.room.hall", List.of(text));
                writer.expect(PUBLISHED);
            }
            assertEquals(0, reader.unread());
            decision.complete(Grant.of(Privilege.MEMBERSHIP));
            assertEquals("one", ((Map<?, ?>) reader.expect(EVENT).get(5)).get("text"));
            assertEquals("two", ((Map<?, ?>) reader.expect(EVENT).get(5)).get("text"));
        }
    }
}
