package veche.dialect.wamp.chat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.GOODBYE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** A moderator and a user with a session each. */
abstract class ModerationFixture {
    static final String DENIED = "wamp.error.not_authorized";

    final TestRealm realm = new TestRealm();
    final TestClient moderator = realm.joinAs("wamp.2.json", "mod", "moderator");
    final TestClient ann = realm.joinAs("wamp.2.json", "ann");

    @BeforeEach
    void start() {
        realm.rooms.moderation().start().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        realm.close();
    }

    static String expectError(TestClient client, String procedure, Object... kwargs) {
        client.request(CALL, dict(), procedure, List.of(), dict(kwargs));
        return client.expectError();
    }

    static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    void assertClosed(TestClient client, String reason) {
        List<Object> goodbye = client.expect(GOODBYE);
        assertEquals("wamp.close.killed", goodbye.get(2));
        assertEquals(reason, map(goodbye.get(1)).get("message"));
        await().until(() -> client.closeCode() == CloseCode.POLICY);
        assertEquals(reason, client.closeReason());
    }
}
