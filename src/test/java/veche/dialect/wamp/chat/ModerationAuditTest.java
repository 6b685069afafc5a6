package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.room.RoomName;

/** The audit of moderation actions, and what a token that is limited to rooms may moderate and read. */
class ModerationAuditTest extends ModerationFixture {
    @Test
    void onlyModeratorsReadEditedAndDeletedTexts() {
        Map<?, ?> sent = map(ann.call("veche.send", "hall", "secret"));
        Map<?, ?> edit = map(ann.call("veche.edit", "hall", sent.get("id"), "secret, too"));
        ann.call("veche.delete", "hall", sent.get("id"));
        List<?> revisions = (List<?>) moderator.call("veche.revisions", "hall", sent.get("id"));
        assertEquals(
                List.of("secret", "secret, too"),
                revisions.stream().map(revision -> map(revision).get("text")).toList());
        assertEquals(edit.get("id"), map(revisions.get(0)).get("by"));
        assertEquals(DENIED, expectError(ann, "veche.revisions", "room", "hall", "target", sent.get("id")));
        assertEquals(DENIED, expectError(realm.join(), "veche.revisions", "room", "hall", "target", sent.get("id")));
    }

    @Test
    void theAuditRecordsThatAModeratorDeletedAMessage() {
        String spam = (String) map(ann.call("veche.send", "hall", "spam")).get("id");
        assertEquals(DENIED, expectError(realm.join(), "veche.delete", "room", "hall", "target", spam));
        assertEquals(DENIED, expectError(moderator, "veche.edit", "room", "hall", "target", spam, "text", "x"));
        Map<?, ?> deletion = map(moderator.call("veche.delete", "hall", spam));
        assertEquals(List.of("delete", spam), List.of(deletion.get("kind"), deletion.get("target")));
        assertEquals("user:mod", map(deletion.get("author")).get("id"));
        Map<?, ?> action = map(((List<?>) moderator.call("veche.audit")).get(0));
        assertEquals(
                List.of("delete", "user:ann", "hall", spam),
                List.of(action.get("action"), action.get("author"), action.get("room"), action.get("target")));
        assertEquals(Map.of("id", "user:mod", "name", "mod"), action.get("moderator"));
    }

    @Test
    void theAuditDoesNotRecordTheDeletionOfAnOwnMessage() {
        String mine = (String) map(moderator.call("veche.send", "hall", "oops")).get("id");
        moderator.call("veche.delete", "hall", mine);
        assertEquals(List.of(), moderator.call("veche.audit"));
    }

    @Test
    void theAuditIsPagedNewestFirst() {
        moderator.call("veche.mute", "user:x", null, null, "1");
        moderator.call("veche.unmute", "user:x", null, "2");
        moderator.call("veche.kick", "user:x", null, "3");
        List<?> newest = (List<?>) moderator.call("veche.audit", null, 2);
        assertEquals(
                List.of("3", "2"),
                newest.stream().map(one -> map(one).get("reason")).toList());
        List<?> older =
                (List<?>) moderator.call("veche.audit", map(newest.get(1)).get("number"), 2);
        assertEquals("1", map(older.get(0)).get("reason"));
        assertNull(map(older.get(0)).get("room"));
    }

    @Test
    void aTokenLimitedToRoomsModeratesOnlyThere() {
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        for (String procedure : List.of("kick", "ban", "unban", "mute", "unmute")) {
            assertEquals(DENIED, expectError(warden, "veche." + procedure, "author", "user:ann"));
            assertEquals(DENIED, expectError(warden, "veche." + procedure, "author", "user:ann", "room", "lobby"));
        }
        ann.expectNothing();
        assertEquals(List.of(), moderator.call("veche.audit"));
        warden.call("veche.mute", "user:ann", "hall", null, "here");
        assertEquals(DENIED, expectError(ann, "veche.send", "room", "hall", "text", "x"));
        ann.call("veche.send", "lobby", "x");
    }

    @Test
    void aTokenLimitedToRoomsReadsOnlyTheirModerationActions() {
        moderator.call("veche.mute", "user:x", null, null, "everywhere");
        moderator.call("veche.mute", "user:x", "hall", null, "hall");
        moderator.call("veche.ban", "user:x", "lobby", null, "lobby");
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        assertEquals(List.of("hall"), reasons(warden.call("veche.sanctions")));
        assertEquals(List.of("hall"), reasons(warden.call("veche.audit", null, 1)));
        assertEquals(List.of("lobby", "hall", "everywhere"), reasons(moderator.call("veche.audit")));
    }

    @Test
    void aTokenLimitedToRoomsCannotEndSessions() {
        TestClient warden = realm.joinConfined("warden", List.of("admin"), Set.of(new RoomName("hall")));
        assertEquals(DENIED, expectError(warden, "wamp.session.kill_all"));
        ann.expectNothing();
    }

    private static List<?> reasons(Object actions) {
        return ((List<?>) actions).stream().map(one -> map(one).get("reason")).toList();
    }
}
