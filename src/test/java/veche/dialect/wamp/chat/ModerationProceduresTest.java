package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_WELCOME;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Privilege;

/** The moderation procedures, which only moderators and administrators may call. */
class ModerationProceduresTest extends ModerationFixture {
    @Test
    void whoamiReturnsRolesAndPrivileges() {
        Map<?, ?> identity = map(moderator.call("veche.whoami"));
        assertEquals(Map.of("id", "user:mod", "name", "mod"), identity.get("author"));
        assertEquals(List.of("moderator"), identity.get("roles"));
        assertEquals(List.of("delete", "kick", "ban", "mute", "mode", "audit"), identity.get("may"));
        assertEquals(List.of(), map(realm.join().call("veche.whoami")).get("may"));
        assertEquals(List.of(), map(ann.call("veche.whoami")).get("may"));
    }

    private static User teacher() {
        return TestRealm.limited("tom", "class-1", EnumSet.complementOf(EnumSet.of(Privilege.ERASE, Privilege.KICK)));
    }

    @Test
    void whoamiReturnsTheGrantInARoom() {
        TestClient tom = realm.connect("wamp.2.json", teacher());
        tom.hello();
        Map<?, ?> identity = map(tom.call("veche.whoami", "class-1"));
        assertEquals(List.of(), identity.get("may"));
        Map<?, ?> grant = map(identity.get("grant"));
        assertEquals("class-1", grant.get("room"));
        assertEquals(1L, grant.get("rank"));
        assertTrue(((List<?>) grant.get("may")).containsAll(List.of("read", "write", "delete", "ban", "audit")));
        assertFalse(((List<?>) grant.get("may")).contains("kick"));
        assertEquals(
                List.of(),
                map(map(tom.call("veche.whoami", "hall")).get("grant")).get("may"));
        assertEquals(
                100L,
                map(map(moderator.call("veche.whoami", "hall")).get("grant")).get("rank"));
    }

    @Test
    void aModeratorOfARoomActsThereOnly() {
        TestClient tom = realm.connect("wamp.2.json", teacher());
        tom.hello();
        Map<?, ?> mute = map(tom.call("veche.mute", "user:ann", "class-1", null, "caps"));
        assertEquals("class-1", mute.get("room"));
        moderator.call("veche.mute", "user:bob", "hall");
        assertEquals(List.of(mute), tom.call("veche.sanctions", "class-1"));
        assertEquals(List.of(mute), tom.call("veche.audit", null, null, "class-1"));
        tom.call("veche.slow", "class-1", 5);
        for (String procedure : List.of("veche.sanctions", "veche.audit", "veche.kick", "veche.ban", "veche.mute")) {
            assertEquals("wamp.error.not_authorized", expectError(tom, procedure, "author", "user:ann"));
            assertEquals(
                    "wamp.error.not_authorized", expectError(tom, procedure, "author", "user:ann", "room", "hall"));
        }
        assertEquals(
                "wamp.error.not_authorized", expectError(tom, "veche.kick", "author", "user:ann", "room", "class-1"));
    }

    @Test
    void aModeratorOfARoomActsThereInVersionOne() {
        TestClient tom = realm.connect("wamp", teacher());
        tom.expect(V1_WELCOME);
        tom.sendMessage(V1_CALL, "c1", "http://veche/rpc#ban", "user:ann", "class-1");
        assertEquals("class-1", map(tom.expect(V1_CALLRESULT).get(2)).get("room"));
        tom.sendMessage(V1_CALL, "c2", "http://veche/rpc#ban", "user:ann", "hall");
        assertEquals("c2", tom.expect(V1_CALLERROR).get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "ban", "unban", "mute", "unmute", "sanctions", "audit"})
    void clientsWithoutTheRoleCannotModerate(String procedure) {
        assertEquals(DENIED, expectError(ann, "veche." + procedure, "author", "user:mod"));
        assertEquals(DENIED, expectError(realm.join(), "veche." + procedure, "author", "user:mod"));
    }

    @Test
    void aKickClosesEveryConnectionOfTheUserAndNoOther() {
        TestClient annToo = realm.joinAs("wamp.2.cbor", "ann");
        TestClient bob = realm.joinAs("wamp.2.json", "bob");
        Map<?, ?> kick = map(moderator.call("veche.kick", "user:ann", null, "Enough"));
        assertEquals("kick", kick.get("action"));
        assertClosed(ann, "Kicked: Enough");
        assertClosed(annToo, "Kicked: Enough");
        bob.expectNothing();
        // A kick does not persist: the user may reconnect.
        realm.joinAs("wamp.2.json", "ann").call("veche.send", "lobby", "back");
    }

    @Test
    void aKickedUserReceivesOneGoodbyeHoweverEarlyTheAnswerArrives() {
        ann.onArrival(GOODBYE, () -> ann.sendMessage(GOODBYE, dict(), "wamp.close.goodbye_and_out"));
        moderator.call("veche.kick", "user:ann", null, "Enough");
        assertClosed(ann, "Kicked: Enough");
        assertEquals(0, ann.unread());
    }

    @Test
    void aKickFromARoomEndsTheSubscriptionsAndStaysInThatRoomOnly() {
        TestClient follower = realm.joinAs("wamp.2.json", "ann");
        follower.subscribe("veche.room.hall");
        follower.subscribe("veche.room.lobby");
        TestClient member = realm.joinAs("wamp.2.json", "ann");
        member.call("veche.join", "hall");
        moderator.call("veche.kick", "user:ann", "hall", "");
        assertEquals(List.of(), moderator.call("veche.members", "hall"));
        moderator.call("veche.send", "hall", "not for ann");
        moderator.call("veche.send", "lobby", "for ann");
        assertEquals(List.of("for ann"), follower.expect(EVENT).get(4));
        // A client that does not announce subscription_revocation receives no UNSUBSCRIBED for it.
        follower.expectNothing();
        member.expectNothing();
        // A kick does not persist: the user may return.
        follower.subscribe("veche.room.hall");
    }

    @Test
    void aSessionLearnsOfItsRemovalFromARoomAndTheReason() {
        ann.subscribe("veche.room.hall");
        ann.subscribe("veche.session.removed");
        TestClient elsewhere = realm.joinAs("wamp.2.json", "ann");
        elsewhere.subscribe("veche.session.removed");
        moderator.call("veche.ban", "user:ann", "hall", null, "Spam");
        Map<?, ?> removed = map(ann.expect(EVENT).get(5));
        assertEquals(List.of("hall", "Banned in hall: Spam"), List.of(removed.get("room"), removed.get("reason")));
        assertEquals("Spam", map(removed.get("sanction")).get("reason"));
        elsewhere.expectNothing();
    }

    @Test
    void aPatternCeasesToFollowARoomFromWhichTheUserIsRemoved() {
        ann.subscribe("veche.room.", "match", "prefix");
        moderator.call("veche.send", "hall", "first");
        moderator.call("veche.send", "lobby", "first");
        ann.expect(EVENT);
        ann.expect(EVENT);
        moderator.call("veche.ban", "user:ann", "hall");
        moderator.call("veche.send", "hall", "not for ann");
        moderator.call("veche.send", "lobby", "for ann");
        assertEquals(List.of("for ann"), ann.expect(EVENT).get(4));
        ann.expectNothing();
    }

    @Test
    void aBannedUserIsDisconnectedAndRejectedUntilTheBanIsLifted() {
        moderator.call("veche.ban", "user:ann", null, 3600, "Spam");
        List<Object> goodbye = ann.expect(GOODBYE);
        String reason = (String) map(goodbye.get(1)).get("message");
        assertTrue(reason.matches("Banned until 20\\d\\d-.*Z: Spam"), reason);
        TestClient again = realm.connect("wamp.2.json", TestRealm.user("ann"));
        again.sendMessage(HELLO, "veche", dict("roles", allRoles()));
        assertEquals(DENIED, again.expect(ABORT).get(2));
        assertEquals(CloseCode.POLICY, again.closeCode());
        TestClient byVersion1 = realm.connect("wamp", TestRealm.user("ann"));
        assertEquals(CloseCode.POLICY, byVersion1.closeCode());
        assertEquals(1, ((List<?>) moderator.call("veche.sanctions")).size());
        moderator.call("veche.unban", "user:ann");
        assertEquals(List.of(), moderator.call("veche.sanctions"));
        realm.joinAs("wamp.2.json", "ann").expectNothing();
    }

    @Test
    void aUserBannedFromARoomMayUseOtherRooms() {
        moderator.call("veche.ban", "user:ann", "hall", null, "");
        for (String procedure : List.of("join", "send", "history", "members", "typing", "search")) {
            assertEquals(DENIED, expectError(ann, "veche." + procedure, "room", "hall", "text", "x"), procedure);
        }
        ann.request(SUBSCRIBE, dict(), "veche.room.hall");
        assertEquals(DENIED, ann.expectError());
        ann.request(PUBLISH, dict("acknowledge", true), "veche.room.hall", List.of("x"));
        assertEquals(DENIED, ann.expectError());
        moderator.call("veche.send", "hall", "in here");
        assertEquals(List.of(), ann.call("veche.rooms"));
        ann.call("veche.send", "lobby", "out here");
        assertEquals(List.of("lobby"), ann.call("veche.rooms"));
    }

    @Test
    void aMutedUserReadsButCannotSend() {
        String mine = (String) map(ann.call("veche.send", "hall", "before")).get("id");
        ann.subscribe("veche.room.hall");
        moderator.call("veche.mute", "user:ann", null, null, "Caps");
        assertEquals(DENIED, expectError(ann, "veche.send", "room", "hall", "text", "x"));
        assertEquals(DENIED, expectError(ann, "veche.edit", "room", "hall", "target", mine, "text", "x"));
        assertEquals(DENIED, expectError(ann, "veche.react", "room", "hall", "target", mine, "text", "👍"));
        assertEquals(DENIED, expectError(ann, "veche.typing", "room", "hall"));
        moderator.call("veche.send", "hall", "read this");
        assertEquals(List.of("read this"), ann.expect(EVENT).get(4));
        assertEquals(2, ((List<?>) ann.call("veche.history", "hall")).size());
        moderator.call("veche.unmute", "user:ann");
        ann.request(CALL, dict(), "veche.send", List.of("hall", "again"));
        assertEquals(List.of("again"), ann.expect(EVENT).get(4));
        ann.expect(RESULT);
    }

    @Test
    void theSanctionedUserReceivesTheSanctionAsData() {
        moderator.call("veche.mute", "user:ann", "hall", 600L, "Caps");
        ann.request(CALL, dict(), "veche.send", List.of("hall", "x"));
        Map<?, ?> sanction = map(map(ann.expect(ERROR).get(6)).get("sanction"));
        assertEquals(
                List.of("mute", "hall", "Caps"),
                List.of(sanction.get("action"), sanction.get("room"), sanction.get("reason")));
        assertEquals(List.of(sanction), map(ann.call("veche.whoami")).get("mutes"));
        assertTrue(Instant.parse((String) sanction.get("until")).isAfter(Instant.now()));
        assertNull(sanction.get("moderator"));
        moderator.call("veche.unmute", "user:ann", "hall");
        assertEquals(List.of(), map(ann.call("veche.whoami")).get("mutes"));

        moderator.call("veche.ban", "user:ann", null, null, "Spam");
        Map<String, Object> ban = new HashMap<>(Map.of("action", "ban", "reason", "Spam"));
        ban.put("room", null);
        assertEquals(ban, map(ann.expect(GOODBYE).get(1)).get("sanction"));
        TestClient again = realm.connect("wamp.2.json", TestRealm.user("ann"));
        again.sendMessage(HELLO, "veche", dict("roles", allRoles()));
        assertEquals(ban, map(again.expect(ABORT).get(1)).get("sanction"));
    }

    @ParameterizedTest
    @CsvSource({"moderator,moderator", "moderator,admin", "admin,admin"})
    void anEqualOrHigherRoleCannotBeModerated(String role, String other) {
        TestClient acting = realm.joinAs("wamp.2.json", "acting", role);
        TestClient target = realm.joinAs("wamp.2.json", "target", "other-role", other);
        realm.joinAs("wamp.2.json", "target");
        for (String procedure : List.of("kick", "ban", "mute")) {
            assertEquals(DENIED, expectError(acting, "veche." + procedure, "author", "user:target"), procedure);
        }
        target.call("veche.send", "hall", "still here");
        assertEquals(List.of(), acting.call("veche.audit"));
    }

    @Test
    void anAdministratorModeratesAModerator() {
        TestClient admin = realm.joinAs("wamp.2.json", "admin", "admin");
        admin.call("veche.mute", "user:mod");
        assertEquals(DENIED, expectError(moderator, "veche.send", "room", "hall", "text", "x"));
        admin.call("veche.kick", "user:mod", null, "Enough");
        assertClosed(moderator, "Kicked: Enough");
    }

    @Test
    void aMutedUserDeletesOnlyTheirOwnMessages() {
        String mine = (String) map(ann.call("veche.send", "hall", "mine")).get("id");
        String other =
                (String) map(moderator.call("veche.send", "hall", "not mine")).get("id");
        moderator.call("veche.mute", "user:ann");
        Map<?, ?> deletion = map(ann.call("veche.delete", "hall", mine));
        assertEquals(List.of("delete", mine), List.of(deletion.get("kind"), deletion.get("target")));
        assertEquals(DENIED, expectError(ann, "veche.delete", "room", "hall", "target", other));
    }

    @ParameterizedTest
    @CsvSource({"'',", "server:application,", "user:mod,", "user:ann,Bad Room"})
    void aModerationActionWithInvalidArgumentsIsRejected(String author, String room) {
        assertEquals(
                "wamp.error.invalid_argument", expectError(moderator, "veche.ban", "author", author, "room", room));
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.ban", "author", "user:ann", "seconds", 0L));
    }

    @Test
    void aCallForAnotherDialectHasThePermissionsOfItsUser() {
        var denied = realm.wamp.call(TestRealm.user("bob"), "veche.kick", List.of("user:ann"), Map.of());
        var failure = assertThrows(
                CompletionException.class, () -> denied.toCompletableFuture().join());
        assertEquals(DENIED, ((RealmException) failure.getCause()).uri());
        assertThrows(
                CompletionException.class,
                () -> realm.wamp
                        .call(TestRealm.user("bob"), "wamp.session.kill_all", List.of(), Map.of())
                        .toCompletableFuture()
                        .join());
        realm.wamp
                .call(TestRealm.user("boss", "admin"), "veche.kick", List.of("user:ann"), Map.of())
                .toCompletableFuture()
                .join();
        assertClosed(ann, "Kicked");
        assertTrue(realm.rooms.presence().members(new RoomName("hall"), 1).isEmpty());
    }
}
