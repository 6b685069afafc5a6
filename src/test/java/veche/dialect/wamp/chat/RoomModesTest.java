package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;

/** Slow mode, read-only rooms and closed rooms. */
class RoomModesTest extends ModerationFixture {
    private static Map<?, ?> mode(TestClient client) {
        return map(map(client.call("veche.join", "hall")).get("mode"));
    }

    @Test
    void inSlowModeAnAuthorWaitsBetweenMessages() {
        moderator.call("veche.slow", "hall", 30L, null, "Calm down");
        ann.call("veche.send", "hall", "first");
        ann.request(CALL, dict(), "veche.send", List.of("hall", "second"));
        List<Object> error = ann.expect(ERROR);
        assertEquals("veche.error.rate_limited", error.get(4));
        long wait = (Long) map(error.get(6)).get("retry_ms");
        assertTrue(wait > 0 && wait <= 30_000, () -> "retry_ms " + wait);
        assertEquals(
                Map.of("action", "slow", "room", "hall", "reason", "Calm down", "interval", 30L),
                map(error.get(6)).get("sanction"));
        ann.call("veche.send", "lobby", "another room");
        realm.joinAs("wamp.2.json", "bob").call("veche.send", "hall", "another author");
        moderator.call("veche.send", "hall", "a moderator");
        moderator.call("veche.send", "hall", "a moderator");
        moderator.call("veche.open", "hall");
        ann.call("veche.send", "hall", "second");
    }

    @Test
    void aRefusedMessageDoesNotCountInSlowMode() {
        moderator.call("veche.slow", "hall", 30L);
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(ann, "veche.send", "room", "hall", "text", "x", "key", "k".repeat(129)));
        ann.call("veche.send", "hall", "first");
    }

    @Test
    void inAReadOnlyRoomOnlyModeratorsWrite() {
        String mine = (String) map(ann.call("veche.send", "hall", "before")).get("id");
        moderator.call("veche.readonly", "hall", 600L, "Lecture");
        for (String procedure : List.of("send", "edit", "react", "typing")) {
            assertEquals(
                    DENIED,
                    expectError(ann, "veche." + procedure, "room", "hall", "target", mine, "text", "x"),
                    procedure);
        }
        Map<?, ?> restriction = mode(ann);
        assertEquals("readonly", restriction.get("action"));
        assertTrue(Instant.parse((String) restriction.get("until")).isAfter(Instant.now()));
        moderator.call("veche.send", "hall", "read this");
        assertEquals(2, ((List<?>) ann.call("veche.history", "hall")).size());
        ann.call("veche.delete", "hall", mine);
        moderator.call("veche.open", "hall");
        ann.call("veche.send", "hall", "after");
    }

    @Test
    void aClosedRoomIsLeftByAllButModerators() {
        TestClient present = realm.joinAs("wamp.2.json", "present");
        present.subscribe("veche.room.hall");
        present.subscribe("veche.session.removed");
        TestClient other = realm.joinAs("wamp.2.json", "other", "moderator");
        other.subscribe("veche.room.hall");
        moderator.call("veche.close", "hall", null, "Break");
        Map<?, ?> removed = map(present.expect(EVENT).get(5));
        assertEquals(
                List.of("hall", "Closed to non-moderators in hall: Break"),
                List.of(removed.get("room"), removed.get("reason")));
        for (String procedure : List.of("join", "send", "history", "members", "search")) {
            assertEquals(DENIED, expectError(ann, "veche." + procedure, "room", "hall", "text", "x"), procedure);
        }
        moderator.call("veche.send", "hall", "among ourselves");
        assertEquals(List.of("among ourselves"), other.expect(EVENT).get(4));
        present.expectNothing();
        assertEquals(List.of(), ann.call("veche.rooms"));
        ann.call("veche.send", "lobby", "x");
        moderator.call("veche.open", "hall");
        ann.call("veche.join", "hall");
    }

    @Test
    void theModeOfARoomIsAnnounced() {
        ann.subscribe("veche.room.hall.mode");
        assertNull(map(ann.call("veche.join", "hall")).get("mode"));
        moderator.call("veche.slow", "hall", 5L);
        Map<?, ?> slow = map(ann.expect(EVENT).get(5));
        assertEquals("hall", slow.get("room"));
        assertEquals(Map.of("action", "slow", "room", "hall", "reason", "", "interval", 5L), slow.get("mode"));
        assertEquals(slow.get("mode"), mode(ann));
        moderator.call("veche.open", "hall");
        assertNull(map(ann.expect(EVENT).get(5)).get("mode"));
    }

    @Test
    void aModeReplacesAnotherAndIsListedAndAudited() {
        moderator.call("veche.slow", "hall", 5L, null, "1");
        moderator.call("veche.readonly", "hall", null, "2");
        List<?> sanctions = (List<?>) moderator.call("veche.sanctions");
        assertEquals(1, sanctions.size());
        Map<?, ?> mode = map(sanctions.get(0));
        assertEquals(
                List.of("readonly", "hall", "2"), List.of(mode.get("action"), mode.get("room"), mode.get("reason")));
        assertNull(mode.get("author"));
        moderator.call("veche.open", "hall", "3");
        assertEquals(List.of(), moderator.call("veche.sanctions"));
        assertEquals(3, ((List<?>) moderator.call("veche.audit")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow", "readonly", "close", "open"})
    void onlyModeratorsSetTheMode(String procedure) {
        assertEquals(DENIED, expectError(ann, "veche." + procedure, "room", "hall", "interval", 5L));
        assertEquals("wamp.error.invalid_argument", expectError(moderator, "veche." + procedure, "interval", 5L));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "21601"})
    void theIntervalIsLimited(long interval) {
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.slow", "room", "hall", "interval", interval));
    }

    @Test
    void theModeSetByAnAdministratorIsNotChangedByAModerator() {
        realm.joinAs("wamp.2.json", "boss", "admin").call("veche.close", "hall");
        for (String procedure : List.of("slow", "readonly", "open")) {
            assertEquals(DENIED, expectError(moderator, "veche." + procedure, "room", "hall", "interval", 5L));
        }
    }
}
