package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.auth.Anonymous;
import veche.permission.http.AuthorizerSite;
import veche.room.Author;
import veche.room.Permissions;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** The site's decision on who may connect. */
class ConnectCheckTest {
    private final AuthorizerSite site = new AuthorizerSite();
    private final ConnectCheck check = new ConnectCheck(site.authorizer(), Permissions.DEFAULT);

    @AfterEach
    void close() {
        site.close();
    }

    private static HandshakeInfo handshake(String subprotocol) {
        return handshake(subprotocol, TestRealm.user("ann"));
    }

    private static HandshakeInfo handshake(String subprotocol, User user) {
        return TestRealm.handshake(subprotocol, user, "192.0.2.7");
    }

    private Optional<Integer> status(String subprotocol) {
        return check.check(handshake(subprotocol)).map(Rejection::status);
    }

    @Test
    void theHandshakeIsAnsweredByTheDecisionOfTheSite() {
        site.answer("{\"allow\":true}");
        assertEquals(Optional.empty(), status("soap"));
        site.answer("{\"allow\":false}");
        assertEquals(Optional.of(403), status("soap"));
        site.answer("?");
        Rejection busy = check.check(handshake("")).orElseThrow();
        assertEquals(503, busy.status());
        assertEquals("1", busy.headers().get("Retry-After"));
    }

    @Test
    void clientsOfWamp2AreCheckedAfterTheirLogin() {
        assertEquals(Optional.empty(), status("wamp.2.json"));
        assertTrue(site.questions.isEmpty());
        try (TestRealm realm = new TestRealm(TestRealm.SETTINGS, List.of(check.after(new Anonymous())))) {
            site.answer("{\"allow\":true}");
            TestClient ann = hello(realm);
            ann.expect(WELCOME);
            assertTrue(site.questions.get(0).contains("\"user:ann\""), site.questions.toString());
            site.answer("{\"allow\":false}");
            assertEquals("wamp.error.not_authorized", hello(realm).expect(ABORT).get(2));
            site.answer("?");
            assertEquals("wamp.error.unavailable", hello(realm).expect(ABORT).get(2));
        }
    }

    @Test
    void guestsThatAreNotAdmittedAreCheckedOnceTheyAreIdentified() {
        ConnectCheck strict = new ConnectCheck(site.authorizer(), new Permissions(Permissions.Guests.NONE, List.of()));
        User guest = User.guest(new Author("guest:x", "Gus"));
        assertEquals(Optional.empty(), strict.check(handshake("soap", guest)));
        assertTrue(site.questions.isEmpty());
    }

    private static TestClient hello(TestRealm realm) {
        TestClient client = realm.connect("wamp.2.json", TestRealm.user("ann"));
        client.sendMessage(HELLO, "veche", dict("roles", TestClient.allRoles()));
        return client;
    }
}
