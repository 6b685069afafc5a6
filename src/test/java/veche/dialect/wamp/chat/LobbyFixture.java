package veche.dialect.wamp.chat;

import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Two clients with a session each, and the topic of a room. */
abstract class LobbyFixture {
    static final String LOBBY = "veche.room.lobby";

    final TestRealm realm = new TestRealm();
    final TestClient one = realm.join();
    final TestClient two = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    static long publish(TestClient client, String room, String text) {
        client.request(PUBLISH, dict("acknowledge", true), room, List.of(text));
        return (Long) client.expect(PUBLISHED).get(2);
    }

    static Map<?, ?> kwargs(List<Object> event) {
        return (Map<?, ?>) event.get(5);
    }
}
