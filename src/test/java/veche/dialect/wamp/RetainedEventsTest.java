package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each subscriber receives the most recent retained event that admits it. */
class RetainedEventsTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();
    private final TestClient guest = realm.join();
    private final TestClient carl = realm.joinAs("wamp.2.json", "carl");

    @AfterEach
    void close() {
        realm.close();
    }

    private void retain(String text, Object... recipients) {
        Map<String, Object> options = dict(recipients);
        options.put("retain", true);
        options.put("acknowledge", true);
        publisher.request(PUBLISH, options, "a.b", List.of(text));
        publisher.expect(PUBLISHED);
    }

    private static void assertRetained(String text, TestClient subscriber) {
        long subscription = subscriber.subscribe("a.b", "get_retained", true);
        List<Object> event = subscriber.expect(EVENT);
        assertEquals(List.of(dict("retained", true), List.of(text)), event.subList(3, 5));
        subscriber.expectNothing();
        subscriber.request(UNSUBSCRIBE, subscription);
        subscriber.expect(UNSUBSCRIBED);
    }

    @Test
    void anEventForSomeHidesTheOneForAllFromNobodyElse() {
        retain("for all");
        retain("for carl", "eligible_authid", List.of("user:carl"));
        assertRetained("for all", guest);
        assertRetained("for carl", carl);
    }

    @Test
    void anEventForAllReplacesThoseForSome() {
        retain("for carl", "eligible_authid", List.of("user:carl"));
        retain("for all");
        assertRetained("for all", carl);
        assertRetained("for all", guest);
    }

    @Test
    void anEventForTheSameReplacesTheFormerOne() {
        retain("for all");
        retain("old", "exclude_authid", List.of("user:carl"));
        retain("new", "exclude_authid", List.of("user:carl"));
        assertRetained("new", guest);
        assertRetained("for all", carl);
    }

    @Test
    void theEventForAllOutlivesManyForSome() {
        retain("for all");
        for (int i = 0; i < 50; i++) {
            retain("for " + i, "eligible_authid", List.of("user:" + i));
        }
        retain("for carl", "eligible_authid", List.of("user:carl"));
        assertRetained("for all", guest);
        assertRetained("for carl", carl);
        assertRetained("for 49", realm.joinAs("wamp.2.json", "49"));
        assertRetained("for all", realm.joinAs("wamp.2.json", "0"));
    }

    @Test
    void eventsForSomeCountToTheBytesOfTheirPublisherUntilTheyAreReplaced() {
        List<Object> large = List.of(String.join("", Collections.nCopies(500_000, "x")));
        int kept = 0;
        while (kept < 100 && retained(large, "user:" + kept)) {
            kept++;
        }
        assertTrue(kept > 0 && kept < 10, kept + " events of half a megabyte each are retained");
        retain("for all");
        assertTrue(retained(large, "user:carl"));
    }

    private boolean retained(List<Object> args, String authid) {
        publisher.request(
                16, dict("retain", true, "acknowledge", true, "eligible_authid", List.of(authid)), "a.b", args);
        return publisher.next().get(0).equals(17L);
    }
}
