package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.room.Author;
import veche.room.RoomStateStore.Revocation;
import veche.room.User;

/** Revocation by author, token id and time of issue, of live connections and of later ones. */
class RevocationTest extends ModerationFixture {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private static User token(String subject, String jti, Instant issued) {
        return new User(
                new Author("user:" + subject, subject),
                List.of(),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(600)),
                User.Provider.TOKEN,
                Optional.of(new User.TokenId(Optional.ofNullable(jti), Optional.ofNullable(issued))));
    }

    private TestClient join(User user) {
        TestClient client = realm.connect("wamp.2.json", user);
        client.hello();
        return client;
    }

    private void assertRefused(User user) {
        TestClient client = realm.connect("wamp.2.json", user);
        client.sendMessage(HELLO, "veche", dict("roles", allRoles()));
        assertEquals(DENIED, client.expect(ABORT).get(2));
        assertEquals(CloseCode.POLICY, client.closeCode());
    }

    private Map<?, ?> revoke(TestClient by, Object... kwargs) {
        by.request(CALL, dict(), "veche.revoke", List.of(), dict(kwargs));
        return map(((List<?>) by.expect(RESULT).get(3)).get(0));
    }

    @Test
    void revokingAnAuthorEndsAllThatWasIssuedAndAdmitsANewerToken() {
        TestClient bob = join(token("bob", null, NOW.minusSeconds(60)));
        TestClient undated = join(token("bob", "x", null));
        Map<?, ?> action = revoke(moderator, "author", "user:bob", "reason", "stolen");
        assertEquals(List.of("revoke", "stolen"), List.of(action.get("action"), action.get("reason")));
        assertClosed(bob, "access revoked");
        assertClosed(undated, "access revoked");
        ann.expectNothing();
        assertRefused(token("bob", null, NOW.minusSeconds(60)));
        assertRefused(token("bob", "x", null));
        join(token("bob", null, NOW.plusSeconds(60))).expectNothing();
        assertEquals(
                "revoke", map(((List<?>) moderator.call("veche.audit")).get(0)).get("action"));
    }

    @Test
    void oneTokenIsRevokedByItsId() {
        TestClient revoked = join(token("bob", "t1", NOW));
        TestClient other = join(token("bob", "t2", NOW));
        revoke(moderator, "author", "user:bob", "jti", "t1");
        assertClosed(revoked, "access revoked");
        other.expectNothing();
        assertRefused(token("bob", "t1", NOW));
        join(token("carl", "t1", NOW)).expectNothing();
    }

    @Test
    void onlyTokensIssuedBeforeTheGivenTimeAreRevoked() {
        TestClient older = join(token("bob", null, NOW.minusSeconds(61)));
        TestClient newer = join(token("bob", null, NOW.minusSeconds(60)));
        revoke(moderator, "author", "user:bob", "before", NOW.minusSeconds(60).toString());
        assertClosed(older, "access revoked");
        newer.expectNothing();
    }

    @Test
    void aRowThatTheApplicationWritesTakesEffectWithTheNextPoll() {
        TestClient bob = join(token("bob", "t1", NOW));
        realm.stateStore().revoke(new Revocation(null, "t1", null, NOW.plusSeconds(600)));
        bob.expectNothing();
        realm.rooms.revocations().poll().toCompletableFuture().join();
        assertClosed(bob, "access revoked");
        assertRefused(token("carl", "t1", NOW));
    }

    @Test
    void aRevocationThatHasEndedHasNoEffect() {
        realm.stateStore().revoke(new Revocation("user:bob", null, null, NOW.minusSeconds(1)));
        realm.rooms.revocations().poll().toCompletableFuture().join();
        join(token("bob", null, NOW)).expectNothing();
    }

    @Test
    void onlyAModeratorOfAHigherRankRevokes() {
        TestClient boss = realm.joinAs("wamp.2.json", "boss", "admin");
        assertEquals(DENIED, expectError(ann, "veche.revoke", "author", "user:mod"));
        assertEquals(DENIED, expectError(moderator, "veche.revoke", "author", "user:boss"));
        TestClient confined = realm.joinConfined("guard", List.of("moderator"), java.util.Set.of());
        assertEquals(DENIED, expectError(confined, "veche.revoke", "author", "user:ann"));
        boss.expectNothing();
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.revoke", "author", "user:ann", "before", "yesterday"));
        assertEquals("wamp.error.invalid_argument", expectError(moderator, "veche.revoke", "author", ""));
        assertEquals(
                "wamp.error.invalid_argument",
                expectError(moderator, "veche.revoke", "author", "user:ann", "seconds", 0L));
    }
}
