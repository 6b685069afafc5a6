package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.TestClient.allRoles;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.identity.Identification;

/** The secret in HELLO that gives a guest the same identity on every connection. */
class GuestSecretTest {
    private static final String SECRET = "correct-horse_battery1";

    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private static void hello(TestClient client, Object secret) {
        client.sendMessage(HELLO, "veche", dict("roles", allRoles(), "authextra", dict("guest_secret", secret)));
    }

    private Map<?, ?> welcomed(Object secret) {
        TestClient client = realm.connect("wamp.2.json");
        hello(client, secret);
        return (Map<?, ?>) client.expect(WELCOME).get(2);
    }

    @Test
    void theSecretInHelloAndInTheAddressIdentifyTheSameGuest() {
        String byAddress = new Identification()
                .identify(null, Map.of("guest", SECRET), Locale.ENGLISH)
                .id();
        Map<?, ?> details = welcomed(SECRET);
        assertEquals(
                List.of(byAddress, "anonymous", "anonymous"),
                List.of(details.get("authid"), details.get("authrole"), details.get("authmethod")));
        assertEquals(byAddress, welcomed(SECRET).get("authid"));
        assertNotEquals(byAddress, welcomed(SECRET + "x").get("authid"));
    }

    @Test
    void theGuestIsTheAuthorOfItsMessages() {
        TestClient client = realm.connect("wamp.2.json");
        hello(client, SECRET);
        Map<?, ?> details = (Map<?, ?>) client.expect(WELCOME).get(2);
        Map<?, ?> sent = (Map<?, ?>) client.call("veche.send", "lobby", "hello");
        assertEquals(details.get("authid"), ((Map<?, ?>) sent.get("author")).get("id"));
        assertEquals(
                details.get("authid"),
                client.dialectSession().author().orElseThrow().id());
    }

    @Test
    void theSecretIsIgnoredForAUserIdentifiedByAToken() {
        TestClient client = realm.connect("wamp.2.json", TestRealm.user("ann", "staff"));
        hello(client, SECRET);
        assertEquals("user:ann", ((Map<?, ?>) client.expect(WELCOME).get(2)).get("authid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fifteen-letters", "has space in it yes", "sixteen.letters.", "ключ-из-русских-букв"})
    void aMalformedSecretIsAborted(String secret) {
        TestClient client = realm.connect("wamp.2.json");
        hello(client, secret);
        List<Object> abort = client.expect(ABORT);
        assertEquals("wamp.error.invalid_argument", abort.get(2));
        String message = (String) ((Map<?, ?>) abort.get(1)).get("message");
        assertTrue(message.startsWith("authextra.guest_secret"), message);
        assertEquals(CloseCode.NORMAL, client.closeCode());
    }

    @Test
    void aSecretOfTheWrongTypeIsAProtocolViolation() {
        TestClient client = realm.connect("wamp.2.json");
        hello(client, 1234567890123456L);
        assertEquals("wamp.error.protocol_violation", client.expect(ABORT).get(2));
    }
}
