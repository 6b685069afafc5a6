package veche.dialect.wamp.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.identity.Issuer;
import veche.identity.Tokens;

/** A JSON Web Token as the ticket of the method {@code ticket}. */
class TokenLoginTest {
    private final TestRealm realm = new TestRealm(
            WampSettings.DEFAULT,
            List.of(new Anonymous(), new TokenLogin(new Tokens(Issuer.settings(), Runnable::run))));

    private final TestClient client = realm.connect("wamp.2.json");

    @AfterEach
    void close() {
        realm.close();
    }

    private void hello(String authid) {
        Map<String, Object> details = dict("roles", allRoles(), "authmethods", List.of("ticket"));
        if (authid != null) {
            details.put("authid", authid);
        }
        client.sendMessage(HELLO, "veche", details);
        List<Object> challenge = client.expect(CHALLENGE);
        assertEquals("ticket", challenge.get(1));
        assertEquals(Map.of(), challenge.get(2));
    }

    private void assertDenied() {
        assertEquals("wamp.error.authentication_denied", client.expect(ABORT).get(2));
        assertEquals(CloseCode.NORMAL, client.closeCode());
    }

    @Test
    void welcomeReportsTheIdentityOfTheToken() {
        hello("ann");
        client.sendMessage(
                AUTHENTICATE,
                Issuer.token("ann", claims -> claims.claim("name", "Анна").claim("roles", List.of("staff"))),
                dict());
        Map<?, ?> details = (Map<?, ?>) client.expect(WELCOME).get(2);
        assertEquals(
                List.of("ann", "staff", "ticket", "token"),
                List.of(
                        details.get("authid"),
                        details.get("authrole"),
                        details.get("authmethod"),
                        details.get("authprovider")));
        Map<?, ?> sent = (Map<?, ?>) client.call("veche.send", "lobby", "hello");
        assertEquals(Map.of("id", "user:ann", "name", "Анна"), sent.get("author"));
    }

    @Test
    void anExpiredTokenIsAborted() {
        hello(null);
        client.sendMessage(
                AUTHENTICATE,
                Issuer.token(
                        "ann",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(5)))),
                dict());
        assertDenied();
    }

    @Test
    void aTokenForAnotherAuthidIsAborted() {
        hello("bob");
        client.sendMessage(AUTHENTICATE, Issuer.token("ann", claims -> claims), dict());
        assertDenied();
    }

    @Test
    void aTicketThatIsNotATokenIsAborted() {
        hello(null);
        client.sendMessage(AUTHENTICATE, "secret", dict());
        assertDenied();
    }

    @Test
    void aSessionEndsWhenItsTokenExpires() {
        hello(null);
        Instant end = Instant.now().plusSeconds(60);
        client.sendMessage(AUTHENTICATE, Issuer.token("ann", claims -> claims.expirationTime(Date.from(end))), dict());
        client.expect(WELCOME);
        realm.rooms.roomSessions().expire(Instant.now(), Duration.ZERO);
        client.expectNothing();
        realm.rooms.roomSessions().expire(end, Duration.ZERO);
        List<Object> goodbye = client.expect(GOODBYE);
        assertEquals("wamp.close.killed", goodbye.get(2));
        await().until(() -> client.closeCode() == CloseCode.POLICY);
        assertEquals("token expired", client.closeReason());
        assertTrue(realm.rooms.roomSessions().all().isEmpty());
    }

    @Test
    void aTokenAdmitsToItsRoomsOnly() {
        hello(null);
        client.sendMessage(AUTHENTICATE, Issuer.token("ann", claims -> claims.claim("rooms", List.of("hall"))), dict());
        client.expect(WELCOME);
        client.call("veche.send", "hall", "hello");
        for (String call : List.of("send", "join", "history", "members", "typing")) {
            client.request(CALL, dict(), "veche." + call, List.of(), dict("room", "lobby", "text", "hello"));
            assertEquals("wamp.error.not_authorized", client.expectError(), call);
        }
        client.request(SUBSCRIBE, dict(), "veche.room.lobby");
        assertEquals("wamp.error.not_authorized", client.expectError());
        client.request(SUBSCRIBE, dict(), "veche.room.lobby.typing");
        assertEquals("wamp.error.not_authorized", client.expectError());
        client.request(PUBLISH, dict("acknowledge", true), "veche.room.lobby", List.of("hello"));
        assertEquals("wamp.error.not_authorized", client.expectError());
    }

    @Test
    void aPatternFollowsOnlyTheRoomsThatTheTokenAdmits() {
        TestClient guest = realm.join();
        guest.call("veche.send", "hall", "first");
        guest.call("veche.send", "secret", "first");
        hello(null);
        client.sendMessage(AUTHENTICATE, Issuer.token("ann", claims -> claims.claim("rooms", List.of("hall"))), dict());
        client.expect(WELCOME);
        client.subscribe("veche.room.", "match", "prefix");
        guest.call("veche.send", "secret", "not for ann");
        guest.call("veche.typing", "secret");
        guest.call("veche.send", "brand-new", "not for ann");
        guest.call("veche.send", "hall", "for ann");
        assertEquals(List.of("for ann"), client.expect(EVENT).get(4));
        client.expectNothing();
    }
}
