package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.UNSUBSCRIBED;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_WELCOME;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.TokenLogin;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.room.RoomStateStore.Revocation;
import veche.room.User;

/** {@code veche.refresh}: a newer token for an open session. */
class TokenRefreshTest {
    private final Tokens tokens = new Tokens(Issuer.settings(), Runnable::run);
    private final TestRealm realm = new TestRealm(TestRealm.SETTINGS, List.of(new Anonymous(), new TokenLogin(tokens)));
    private final TestClient client = realm.connect("wamp.2.json");
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(600);

    @BeforeEach
    void logIn() {
        Map<String, Object> features = dict("features", dict("subscription_revocation", true));
        client.sendMessage(
                HELLO,
                "veche",
                dict(
                        "authmethods",
                        List.of("ticket"),
                        "roles",
                        dict("subscriber", features, "caller", dict(), "publisher", dict())));
        client.expect(CHALLENGE);
        client.sendMessage(AUTHENTICATE, token("ann", end, List.of()), dict());
        client.expect(WELCOME);
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private static String token(String subject, Instant expires, List<String> roles, String... rooms) {
        return Issuer.token(subject, claims -> {
            claims.expirationTime(Date.from(expires)).claim("roles", roles);
            return rooms.length == 0 ? claims : claims.claim("rooms", List.of(rooms));
        });
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    @Test
    void theAnswerHasTheExpiryAndTheRoomsOfTheNewToken() {
        Map<?, ?> renewed = map(client.call("veche.refresh", token("ann", end.plusSeconds(60), List.of())));
        assertEquals(RoomEvents.time(end.plusSeconds(60)), renewed.get("expires"));
        assertNull(renewed.get("rooms"));
        renewed = map(client.call("veche.refresh", token("ann", end.plusSeconds(60), List.of(), "hall", "barn")));
        assertEquals(List.of("barn", "hall"), renewed.get("rooms"));
        realm.rooms.roomSessions().expire(end, Duration.ZERO);
        client.expectNothing();
    }

    @Test
    void capabilitiesReplaceTheFormerAccessAndMalformedOnesAreRefused() {
        client.call("veche.join", "hall");
        List<?> caps = List.of(Map.of("rooms", List.of("class-*"), "may", List.of("read", "write", "create")));
        Map<?, ?> renewed =
                map(client.call("veche.refresh", Issuer.token("ann", claims -> claims.claim("caps", caps))));
        assertEquals(
                List.of(Map.of("rooms", List.of("class-*"), "may", List.of("read", "write", "create"), "rank", 0L)),
                renewed.get("caps"));
        assertEquals(
                "wamp.error.not_authorized",
                ModerationFixture.expectError(client, "veche.send", "room", "hall", "text", "x"));
        client.call("veche.send", "class-1", "hello");
        String malformed = Issuer.token("ann", claims -> claims.claim("caps", List.of("hall")));
        assertEquals(
                "wamp.error.authentication_denied",
                ModerationFixture.expectError(client, "veche.refresh", "token", malformed));
        assertEquals(
                "wamp.error.not_authorized",
                ModerationFixture.expectError(client, "veche.send", "room", "hall", "text", "x"));
    }

    @Test
    void rolesTakeEffectAtOnceAndAreTakenAwayLikewise() {
        assertEquals("wamp.error.not_authorized", ModerationFixture.expectError(client, "veche.audit"));
        client.call("veche.refresh", token("ann", end, List.of("admin")));
        assertEquals(List.of(), client.call("veche.audit"));
        Object session = ((List<?>) client.call("wamp.session.list")).get(0);
        assertEquals("admin", map(client.call("wamp.session.get", session)).get("authrole"));
        client.call("veche.refresh", token("ann", end, List.of()));
        assertEquals("wamp.error.not_authorized", ModerationFixture.expectError(client, "veche.audit"));
    }

    @Test
    void theNameOfTheNewTokenSignsLaterMessages() {
        client.call("veche.refresh", Issuer.token("ann", claims -> claims.claim("name", "Анна")));
        assertEquals(
                Map.of("id", "user:ann", "name", "Анна"),
                map(client.call("veche.send", "hall", "hello")).get("author"));
    }

    @Test
    void anotherSubjectAnEarlierExpiryAndAnInvalidTokenAreRefused() {
        for (Map.Entry<String, String> refused : Map.of(
                        token("bob", end, List.of()),
                        "wamp.error.not_authorized",
                        token("ann", end.minusSeconds(1), List.of()),
                        "wamp.error.invalid_argument",
                        token("ann", Instant.now().minusSeconds(60), List.of()),
                        "wamp.error.authentication_denied",
                        "nonsense",
                        "wamp.error.authentication_denied")
                .entrySet()) {
            assertEquals(
                    refused.getValue(),
                    ModerationFixture.expectError(client, "veche.refresh", "token", refused.getKey()));
        }
        client.call("veche.send", "hall", "still here");
    }

    @Test
    void aClientOfVersion1RefreshesItsToken() {
        TestClient v1 = realm.connect("wamp", tokens.user(token("bob", end, List.of())));
        v1.expect(V1_WELCOME);
        v1.sendMessage(V1_CALL, "c1", "http://veche/rpc#refresh", token("bob", end.plusSeconds(60), List.of()));
        assertEquals(
                RoomEvents.time(end.plusSeconds(60)),
                map(v1.expect(V1_CALLRESULT).get(2)).get("expires"));
        realm.rooms.roomSessions().expire(end, Duration.ZERO);
        assertNull(v1.closeCode());
    }

    @Test
    void aRevokedTokenIsRefused() {
        realm.stateStore().revoke(new Revocation(null, "t1", null, null));
        realm.rooms.revocations().poll().toCompletableFuture().join();
        String revoked = Issuer.token("ann", claims -> claims.jwtID("t1"));
        assertEquals(
                "wamp.error.not_authorized", ModerationFixture.expectError(client, "veche.refresh", "token", revoked));
        client.call("veche.refresh", Issuer.token("ann", claims -> claims.jwtID("t2")));
    }

    @Test
    void aGuestAndACallOfAnotherDialectHaveNoTokenToRenew() {
        String token = token("ann", end, List.of());
        assertEquals(
                "wamp.error.not_authorized",
                ModerationFixture.expectError(realm.join(), "veche.refresh", "token", token));
        User ann = tokens.user(token);
        var call = realm.wamp.call(ann, "veche.refresh", List.of(token), Map.of());
        var failure = Assertions.assertThrows(
                CompletionException.class, () -> call.toCompletableFuture().join());
        assertEquals("wamp.error.not_authorized", ((RealmException) failure.getCause()).uri());
    }

    @Test
    void onlyTheSubscriptionsOfARoomThatTheNewTokenDoesNotGrantEnd() {
        TestClient other = realm.join();
        client.call("veche.join", "hall");
        long hall = client.subscribe("veche.room.hall");
        long typing = client.subscribe("veche.room.hall.typing");
        client.subscribe("veche.room.barn");
        long removed = client.subscribe("veche.session.removed");
        long request = client.request(CALL, dict(), "veche.refresh", List.of(token("ann", end, List.of(), "barn")));
        String reason = "Your token no longer grants access to hall";
        var revocations = List.of(client.expect(UNSUBSCRIBED), client.expect(UNSUBSCRIBED));
        for (long subscription : List.of(hall, typing)) {
            List<Object> expected =
                    List.of((long) UNSUBSCRIBED, 0L, Map.of("subscription", subscription, "reason", reason));
            Assertions.assertTrue(revocations.contains(expected), revocations::toString);
        }
        List<Object> event = client.expect(EVENT);
        assertEquals(removed, event.get(1));
        assertEquals(Map.of("room", "hall", "reason", reason), event.get(5));
        assertEquals(request, client.expect(RESULT).get(1));
        assertEquals(List.of(), other.call("veche.members", "hall"));
        other.call("veche.send", "hall", "not for ann");
        other.call("veche.send", "barn", "for ann");
        assertEquals(List.of("for ann"), client.expect(EVENT).get(4));
        client.expectNothing();
    }

    @Test
    void aSessionIsWarnedOfItsOwnExpiryOnly() {
        TestClient other = realm.join();
        other.subscribe("veche.session.expiring");
        client.subscribe("veche.session.expiring");
        realm.rooms.roomSessions().expire(end.minusSeconds(30), Duration.ofSeconds(60));
        assertEquals(
                Map.of("expires", RoomEvents.time(end)), client.expect(EVENT).get(5));
        client.expectNothing();
        other.expectNothing();
    }
}
