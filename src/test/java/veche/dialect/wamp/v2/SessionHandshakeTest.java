package veche.dialect.wamp.v2;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.auth.Anonymous;

/** Opening and closing a session: HELLO, WELCOME, ABORT, GOODBYE. */
class SessionHandshakeTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void welcomeAnnouncesRolesAndIdentity() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(HELLO, "veche", dict("roles", TestClient.allRoles()));
        List<Object> welcome = client.expect(WELCOME);
        Map<?, ?> details = (Map<?, ?>) welcome.get(2);
        long session = (Long) welcome.get(1);
        assertTrue(session >= 1 && session <= 1L << 53);
        assertEquals(
                List.of("broker", "dealer"),
                ((Map<?, ?>) details.get("roles")).keySet().stream().sorted().toList());
        assertEquals("guest:1", details.get("authid"));
        assertEquals("anonymous", details.get("authmethod"));
        assertEquals("anonymous", details.get("authrole"));
    }

    @Test
    void helloForAnUnknownRealmIsAborted() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(HELLO, "elsewhere", dict("roles", TestClient.allRoles()));
        assertEquals("wamp.error.no_such_realm", client.expect(ABORT).get(2));
        assertEquals(CloseCode.NORMAL, client.closeCode());
    }

    @Test
    void helloWithoutARoleIsAProtocolViolation() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(HELLO, "veche", dict("roles", dict()));
        client.expectProtocolViolation();
    }

    @Test
    void theFirstMessageMustBeHello() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(SUBSCRIBE, 1, dict(), "a.b");
        client.expectProtocolViolation();
    }

    @Test
    void aSecondHelloIsAProtocolViolation() {
        TestClient client = realm.join();
        client.sendMessage(HELLO, "veche", dict("roles", TestClient.allRoles()));
        client.expectProtocolViolation();
    }

    @Test
    void goodbyeIsAnsweredWithGoodbyeAndOut() {
        TestClient client = realm.join();
        client.sendMessage(GOODBYE, dict(), "wamp.close.close_realm");
        assertEquals(message(GOODBYE, dict(), "wamp.close.goodbye_and_out"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.closeCode());
    }

    @Test
    void goodbyeAndOutIsAnsweredWithGoodbyeAndOut() {
        TestClient client = realm.join();
        client.sendMessage(GOODBYE, dict(), "wamp.close.goodbye_and_out");
        assertEquals(message(GOODBYE, dict(), "wamp.close.goodbye_and_out"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.closeCode());
    }

    @Test
    void abortIsNotAnswered() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(ABORT, dict(), "wamp.close.system_shutdown");
        assertEquals(CloseCode.NORMAL, client.closeCode());
        assertEquals(0, client.unread());
    }

    @Test
    void aClientThatSendsNoHelloIsClosed() {
        WampSettings standard = WampSettings.DEFAULT;
        WampSettings impatient = new WampSettings(
                "veche",
                false,
                false,
                Duration.ofMillis(50),
                standard.goodbyeTimeout(),
                standard.administrators(),
                TestRealm.EVERY_ACTION,
                standard.limits(),
                standard.chat(),
                standard.reading(),
                standard.authorizer());
        try (TestRealm impatientRealm = new TestRealm(impatient, List.of(new Anonymous()))) {
            TestClient joined = impatientRealm.join();
            TestClient silent = impatientRealm.connect("wamp.2.json");
            await().until(() -> silent.closeCode() == CloseCode.POLICY);
            assertNull(joined.closeCode());
        }
    }
}
