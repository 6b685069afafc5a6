package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.testing.MessageType.EVENT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.room.RoomName;

/** Erasure of the messages of one author. */
class ErasureTest extends ModerationFixture {
    private final TestClient admin = realm.joinAs("wamp.2.json", "boss", "admin");

    private static List<?> history(TestClient client, String room) {
        return (List<?>) client.call("veche.history", room);
    }

    @Test
    void theMessagesOfAnAuthorAreErasedInAllRoomsAndSubscribersRemoveTheirContents() {
        Map<?, ?> secret = map(ann.call("veche.send", "hall", "secret"));
        ann.call("veche.edit", "hall", secret.get("id"), "secret, too");
        moderator.call("veche.send", "hall", "not hers");
        ann.call("veche.send", "lobby", "another");
        moderator.subscribe("veche.room.hall");
        Map<?, ?> erased = map(admin.call("veche.erase", "user:ann", "On request"));
        assertEquals(Map.of("author", "user:ann", "messages", 3L), erased);
        Map<?, ?> deletion = map(moderator.expect(EVENT).get(5));
        assertEquals(List.of("delete", secret.get("id")), List.of(deletion.get("kind"), deletion.get("target")));
        for (Object message : history(admin, "hall").subList(0, 2)) {
            assertEquals(
                    Map.of("id", "erased", "name", "[erased]"), map(message).get("author"));
            assertNull(map(message).get("text"));
        }
        assertEquals("not hers", map(history(admin, "hall").get(2)).get("text"));
        assertEquals(1L, map(history(admin, "lobby").get(0)).get("position"));
        assertNull(map(history(admin, "lobby").get(0)).get("text"));
        assertEquals(List.of(), admin.call("veche.revisions", "hall", secret.get("id")));
    }

    @Test
    void theErasureIsAudited() {
        admin.call("veche.erase", "user:ann", "On request");
        Map<?, ?> action = map(((List<?>) moderator.call("veche.audit")).get(0));
        assertEquals(
                List.of("erase", "user:ann", "On request"),
                List.of(action.get("action"), action.get("author"), action.get("reason")));
    }

    @Test
    void aLegalHoldIsListedForTheHighestRoleAndAuditedForModerators() {
        TestClient other = realm.joinAs("wamp.2.json", "other", "admin");
        Map<?, ?> hold = map(admin.call("veche.hold", "user:other", null, 3_600, "Case 1"));
        assertEquals(
                List.of("hold", "user:other", "Case 1"),
                List.of(hold.get("action"), hold.get("author"), hold.get("reason")));
        assertEquals(List.of(hold), other.call("veche.sanctions"));
        assertEquals(List.of(), moderator.call("veche.sanctions"));
        assertEquals(
                "hold", map(((List<?>) moderator.call("veche.audit")).get(0)).get("action"));
        admin.call("veche.release", "user:other");
        assertEquals(List.of(), admin.call("veche.sanctions"));
        assertEquals("hall", map(admin.call("veche.hold", null, "hall")).get("room"));
        assertEquals(List.of(), admin.call("veche.held"));
        for (TestClient client : List.of(ann, moderator)) {
            assertEquals(DENIED, expectError(client, "veche.hold", "author", "user:ann"));
            assertEquals(DENIED, expectError(client, "veche.release", "author", "user:ann"));
            assertEquals(DENIED, expectError(client, "veche.held"));
        }
        assertEquals("wamp.error.invalid_argument", expectError(admin, "veche.hold"));
    }

    @Test
    void onlyTheHighestRoleErases() {
        ann.call("veche.send", "hall", "mine");
        TestClient warden = realm.joinConfined("warden", List.of("admin"), Set.of(new RoomName("hall")));
        for (TestClient client : List.of(ann, moderator, warden)) {
            assertEquals(DENIED, expectError(client, "veche.erase", "author", "user:ann"));
        }
        assertEquals("mine", map(history(ann, "hall").get(0)).get("text"));
    }
}
