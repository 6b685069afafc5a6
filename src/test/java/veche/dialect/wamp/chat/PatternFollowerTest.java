package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.room.Author;
import veche.room.Draft;
import veche.room.RoomName;

/** Pattern-based subscriptions that follow rooms. */
class PatternFollowerTest extends LobbyFixture {
    @ParameterizedTest
    @ValueSource(strings = {"", "veche.", "veche.room.", "veche.room.l"})
    void aPrefixFollowsMatchingRoomsIncludingThoseCreatedLater(String prefix) {
        publish(two, LOBBY, "long before");
        one.subscribe(prefix, "match", "prefix");
        if (prefix.isEmpty()) {
            // It also matches the meta topics, which report this very subscription.
            assertEquals(
                    dict("topic", "wamp.subscription.on_create"),
                    one.expect(EVENT).get(3));
            assertEquals(
                    dict("topic", "wamp.subscription.on_subscribe"),
                    one.expect(EVENT).get(3));
        }
        publish(two, LOBBY, "old room");
        List<Object> event = one.expect(EVENT);
        assertEquals(List.of(dict("topic", LOBBY), List.of("old room")), event.subList(3, 5));
        publish(two, "veche.room.later", "new room");
        event = one.expect(EVENT);
        assertEquals(List.of(dict("topic", "veche.room.later"), List.of("new room")), event.subList(3, 5));
    }

    @Test
    void aPrefixMayMatchThousandsOfRooms() {
        Draft draft = Draft.text(new Author("user:x", "X"), "x");
        List<CompletableFuture<?>> commits = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            commits.add(realm.rooms.send(new RoomName("room-" + i), draft).toCompletableFuture());
        }
        commits.forEach(CompletableFuture::join);
        one.subscribe("veche.room.", "match", "prefix");
        // Sequentially: the first message of a room that the pattern does not follow yet may be delayed.
        for (String room : List.of("room-7", "room-1999", "room-7")) {
            publish(two, "veche.room." + room, room);
            assertEquals(List.of(room), one.expect(EVENT).get(4));
        }
    }

    @Test
    void aLaterSubscriberOfAPatternReceivesOnlyLaterMessages() {
        one.subscribe("veche.room.", "match", "prefix");
        publish(two, LOBBY, "early");
        assertEquals(List.of("early"), one.expect(EVENT).get(4));
        TestClient three = realm.join();
        three.subscribe("veche.room.", "match", "prefix");
        publish(two, LOBBY, "late");
        assertEquals(List.of("late"), one.expect(EVENT).get(4));
        assertEquals(List.of("late"), three.expect(EVENT).get(4));
        one.expectNothing();
        three.expectNothing();
    }

    @Test
    void aWildcardFollowsRooms() {
        one.subscribe("veche.room.", "match", "wildcard");
        publish(two, LOBBY, "x");
        assertEquals(dict("topic", LOBBY), one.expect(EVENT).get(3));
        long subscription = (Long) one.call("wamp.subscription.lookup", "veche.room.", dict("match", "wildcard"));
        one.request(UNSUBSCRIBE, subscription);
        one.expect(UNSUBSCRIBED);
        publish(two, LOBBY, "y");
        one.expectNothing();
    }

    @Test
    void aPatternFollowsARoomThatAnotherDialectCreates() {
        one.subscribe("veche.room.", "match", "prefix");
        realm.rooms.send(new RoomName("fresh"), Draft.text(new Author("user:x", "X"), "from elsewhere"));
        assertEquals(List.of("from elsewhere"), one.expect(EVENT).get(4));
    }
}
