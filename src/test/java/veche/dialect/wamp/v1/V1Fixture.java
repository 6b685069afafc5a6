package veche.dialect.wamp.v1;

import static veche.testing.MessageType.V1_WELCOME;

import org.junit.jupiter.api.AfterEach;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Clients of WAMP v1. */
abstract class V1Fixture {
    static final String TOPIC = "http://example.com/simple";
    static final String BARRIER = "http://example.com/barrier";

    final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    record Peer(TestClient client, String session) {}

    Peer open() {
        TestClient client = realm.connect("wamp");
        return new Peer(client, (String) client.expect(V1_WELCOME).get(1));
    }
}
