package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.room.RoomName;

/** What moderators can do, and nobody else, by WAMP. */
class ModerationTest {
    private static final String DENIED = "wamp.error.not_authorized";

    private final TestRealm realm = new TestRealm();
    private final TestClient moderator = realm.joinAs("wamp.2.json", "mod", "moderator");
    private final TestClient ann = realm.joinAs("wamp.2.json", "ann");

    @BeforeEach
    void start() {
        realm.rooms.moderation().start().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private static String failed(TestClient client, String procedure, Object... kwargs) {
        client.request(CALL, dict(), procedure, List.of(), dict(kwargs));
        return client.expectError();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private void assertClosed(TestClient client, String reason) {
        List<Object> goodbye = client.expect(GOODBYE);
        assertEquals("wamp.close.killed", goodbye.get(2));
        assertEquals(reason, map(goodbye.get(1)).get("message"));
        await().until(() -> client.closed() == CloseCode.POLICY);
        assertEquals(reason, client.closeReason());
    }

    @Test
    void whoamiTellsWhatOneMay() {
        Map<?, ?> who = map(moderator.call("veche.whoami"));
        assertEquals(Map.of("id", "user:mod", "name", "mod"), who.get("author"));
        assertEquals(List.of("moderator"), who.get("roles"));
        assertEquals(List.of("delete", "kick", "ban", "mute", "audit"), who.get("may"));
        assertEquals(List.of(), map(realm.join().call("veche.whoami")).get("may"));
        assertEquals(List.of(), map(ann.call("veche.whoami")).get("may"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "ban", "unban", "mute", "unmute", "sanctions", "audit"})
    void nobodyElseModerates(String procedure) {
        assertEquals(DENIED, failed(ann, "veche." + procedure, "author", "user:mod"));
        assertEquals(DENIED, failed(realm.join(), "veche." + procedure, "author", "user:mod"));
    }

    @Test
    void whatWasDeletedOrEditedIsReadByTheAuditAlone() {
        Map<?, ?> said = map(ann.call("veche.send", "hall", "secret"));
        Map<?, ?> edit = map(ann.call("veche.edit", "hall", said.get("id"), "secret, too"));
        ann.call("veche.delete", "hall", said.get("id"));
        List<?> revisions = (List<?>) moderator.call("veche.revisions", "hall", said.get("id"));
        assertEquals(
                List.of("secret", "secret, too"),
                revisions.stream().map(revision -> map(revision).get("text")).toList());
        assertEquals(edit.get("id"), map(revisions.get(0)).get("by"));
        assertEquals(DENIED, failed(ann, "veche.revisions", "room", "hall", "target", said.get("id")));
        assertEquals(DENIED, failed(realm.join(), "veche.revisions", "room", "hall", "target", said.get("id")));
    }

    @Test
    void aKickClosesAllConnectionsOfAnAuthorAndNoOthers() {
        TestClient annToo = realm.joinAs("wamp.2.cbor", "ann");
        TestClient bob = realm.joinAs("wamp.2.json", "bob");
        Map<?, ?> kick = map(moderator.call("veche.kick", "user:ann", null, "Enough"));
        assertEquals("kick", kick.get("action"));
        assertClosed(ann, "Kicked: Enough");
        assertClosed(annToo, "Kicked: Enough");
        bob.expectNothing();
        // Nothing holds: who was kicked may come back.
        realm.joinAs("wamp.2.json", "ann").call("veche.send", "lobby", "back");
    }

    @Test
    void aKickFromARoomClosesThoseWhoAreInIt() {
        TestClient follower = realm.joinAs("wamp.2.json", "ann");
        follower.subscribe("veche.room.hall");
        TestClient member = realm.joinAs("wamp.2.json", "ann");
        member.call("veche.join", "hall");
        TestClient former = realm.joinAs("wamp.2.json", "ann");
        long subscription = former.subscribe("veche.room.hall");
        former.request(UNSUBSCRIBE, subscription);
        former.expect(UNSUBSCRIBED);
        moderator.call("veche.kick", "user:ann", "hall", "");
        assertClosed(follower, "Kicked in hall");
        assertClosed(member, "Kicked in hall");
        former.expectNothing();
        ann.expectNothing();
    }

    @Test
    void theBannedAreClosedAndMayNotConnectUntilTheBanIsLifted() {
        moderator.call("veche.ban", "user:ann", null, 3600, "Spam");
        List<Object> goodbye = ann.expect(GOODBYE);
        String reason = (String) map(goodbye.get(1)).get("message");
        assertTrue(reason.matches("Banned until 20\\d\\d-.*Z: Spam"), reason);
        TestClient again = realm.connect("wamp.2.json", TestRealm.user("ann"));
        again.say(HELLO, "veche", dict("roles", allRoles()));
        assertEquals(DENIED, again.expect(ABORT).get(2));
        assertEquals(CloseCode.POLICY, again.closed());
        TestClient byVersion1 = realm.connect("wamp", TestRealm.user("ann"));
        assertEquals(CloseCode.POLICY, byVersion1.closed());
        assertEquals(1, ((List<?>) moderator.call("veche.sanctions")).size());
        moderator.call("veche.unban", "user:ann");
        assertEquals(List.of(), moderator.call("veche.sanctions"));
        realm.joinAs("wamp.2.json", "ann").expectNothing();
    }

    @Test
    void whoIsBannedFromARoomIsSomewhereElse() {
        moderator.call("veche.ban", "user:ann", "hall", null, "");
        for (String procedure : List.of("join", "send", "history", "members", "typing", "search")) {
            assertEquals(DENIED, failed(ann, "veche." + procedure, "room", "hall", "text", "x"), procedure);
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
    void theMutedReadAndDoNotSpeak() {
        String mine = (String) map(ann.call("veche.send", "hall", "before")).get("id");
        ann.subscribe("veche.room.hall");
        moderator.call("veche.mute", "user:ann", null, null, "Caps");
        assertEquals(DENIED, failed(ann, "veche.send", "room", "hall", "text", "x"));
        assertEquals(DENIED, failed(ann, "veche.edit", "room", "hall", "target", mine, "text", "x"));
        assertEquals(DENIED, failed(ann, "veche.react", "room", "hall", "target", mine, "text", "👍"));
        assertEquals(DENIED, failed(ann, "veche.typing", "room", "hall"));
        moderator.call("veche.send", "hall", "read this");
        assertEquals(List.of("read this"), ann.expect(EVENT).get(4));
        assertEquals(2, ((List<?>) ann.call("veche.history", "hall")).size());
        moderator.call("veche.unmute", "user:ann");
        ann.request(CALL, dict(), "veche.send", List.of("hall", "again"));
        assertEquals(List.of("again"), ann.expect(EVENT).get(4));
        ann.expect(RESULT);
    }

    @Test
    void theAuthorConcernedLearnsTheSanctionAsData() {
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
        again.say(HELLO, "veche", dict("roles", allRoles()));
        assertEquals(ban, map(again.expect(ABORT).get(1)).get("sanction"));
    }

    @ParameterizedTest
    @CsvSource({"moderator,moderator", "moderator,admin", "admin,admin"})
    void nobodyModeratesAnEqualOrAHigherRole(String role, String other) {
        TestClient acting = realm.joinAs("wamp.2.json", "acting", role);
        TestClient target = realm.joinAs("wamp.2.json", "target", "other-role", other);
        realm.joinAs("wamp.2.json", "target");
        for (String procedure : List.of("kick", "ban", "mute")) {
            assertEquals(DENIED, failed(acting, "veche." + procedure, "author", "user:target"), procedure);
        }
        target.call("veche.send", "hall", "still here");
        assertEquals(List.of(), acting.call("veche.audit"));
    }

    @Test
    void anAdministratorModeratesAModerator() {
        TestClient admin = realm.joinAs("wamp.2.json", "admin", "admin");
        admin.call("veche.mute", "user:mod");
        assertEquals(DENIED, failed(moderator, "veche.send", "room", "hall", "text", "x"));
        admin.call("veche.kick", "user:mod", null, "Enough");
        assertClosed(moderator, "Kicked: Enough");
    }

    @Test
    void aMutedAuthorDeletesTheirOwnMessageOnly() {
        String mine = (String) map(ann.call("veche.send", "hall", "mine")).get("id");
        String other =
                (String) map(moderator.call("veche.send", "hall", "not mine")).get("id");
        moderator.call("veche.mute", "user:ann");
        Map<?, ?> deletion = map(ann.call("veche.delete", "hall", mine));
        assertEquals(List.of("delete", mine), List.of(deletion.get("kind"), deletion.get("target")));
        assertEquals(DENIED, failed(ann, "veche.delete", "room", "hall", "target", other));
    }

    @Test
    void moderatorsDeleteTheMessagesOfOthersAndTheAuditSaysSo() {
        String spam = (String) map(ann.call("veche.send", "hall", "spam")).get("id");
        assertEquals(DENIED, failed(realm.join(), "veche.delete", "room", "hall", "target", spam));
        assertEquals(DENIED, failed(moderator, "veche.edit", "room", "hall", "target", spam, "text", "x"));
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
    void deletingOnesOwnIsNoMatterForTheAudit() {
        String mine = (String) map(moderator.call("veche.send", "hall", "oops")).get("id");
        moderator.call("veche.delete", "hall", mine);
        assertEquals(List.of(), moderator.call("veche.audit"));
    }

    @Test
    void theAuditIsReadPageByPageNewestFirst() {
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
    void aTokenThatNamesRoomsModeratesInTheseOnly() {
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        for (String procedure : List.of("kick", "ban", "unban", "mute", "unmute")) {
            assertEquals(DENIED, failed(warden, "veche." + procedure, "author", "user:ann"));
            assertEquals(DENIED, failed(warden, "veche." + procedure, "author", "user:ann", "room", "lobby"));
        }
        ann.expectNothing();
        assertEquals(List.of(), moderator.call("veche.audit"));
        warden.call("veche.mute", "user:ann", "hall", null, "here");
        assertEquals(DENIED, failed(ann, "veche.send", "room", "hall", "text", "x"));
        ann.call("veche.send", "lobby", "x");
    }

    @Test
    void aTokenThatNamesRoomsReadsTheRulingsInTheseOnly() {
        moderator.call("veche.mute", "user:x", null, null, "everywhere");
        moderator.call("veche.mute", "user:x", "hall", null, "hall");
        moderator.call("veche.ban", "user:x", "lobby", null, "lobby");
        TestClient warden = realm.joinConfined("warden", List.of("moderator"), Set.of(new RoomName("hall")));
        assertEquals(List.of("hall"), reasons(warden.call("veche.sanctions")));
        assertEquals(List.of("hall"), reasons(warden.call("veche.audit", null, 1)));
        assertEquals(List.of("lobby", "hall", "everywhere"), reasons(moderator.call("veche.audit")));
    }

    @Test
    void aTokenThatNamesRoomsEndsNoSessions() {
        TestClient warden = realm.joinConfined("warden", List.of("admin"), Set.of(new RoomName("hall")));
        assertEquals(DENIED, failed(warden, "wamp.session.kill_all"));
        ann.expectNothing();
    }

    private static List<?> reasons(Object actions) {
        return ((List<?>) actions).stream().map(one -> map(one).get("reason")).toList();
    }

    @ParameterizedTest
    @CsvSource({"'',", "server:application,", "user:mod,", "user:ann,Bad Room"})
    void aRulingThatCannotBeFollowedIsInvalid(String author, String room) {
        assertEquals("wamp.error.invalid_argument", failed(moderator, "veche.ban", "author", author, "room", room));
        assertEquals(
                "wamp.error.invalid_argument", failed(moderator, "veche.ban", "author", "user:ann", "seconds", 0L));
    }

    @Test
    void soapsCallMayWhatItsCallerMay() {
        var denied = realm.wamp.call(TestRealm.user("bob"), "veche.kick", List.of("user:ann"), Map.of());
        var failure = assertThrows(
                java.util.concurrent.CompletionException.class,
                () -> denied.toCompletableFuture().join());
        assertEquals(DENIED, ((RealmException) failure.getCause()).uri());
        assertThrows(
                java.util.concurrent.CompletionException.class,
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
