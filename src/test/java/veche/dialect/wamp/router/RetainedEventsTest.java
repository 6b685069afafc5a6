package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
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
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.room.Author;

/** Retained events: each subscriber receives the most recent one that it is eligible for. */
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
    void anEventForOneUserDoesNotHideTheOneForAll() {
        retain("for all");
        retain("for carl", "eligible_authid", List.of("user:carl"));
        assertRetained("for all", guest);
        assertRetained("for carl", carl);
    }

    @Test
    void anEventForAllReplacesEventsForSelectedUsers() {
        retain("for carl", "eligible_authid", List.of("user:carl"));
        retain("for all");
        assertRetained("for all", carl);
        assertRetained("for all", guest);
    }

    @Test
    void anEventForTheSameReceiversReplacesThePreviousOne() {
        retain("for all");
        retain("old", "exclude_authid", List.of("user:carl"));
        retain("new", "exclude_authid", List.of("user:carl"));
        assertRetained("new", guest);
        assertRetained("for all", carl);
    }

    @Test
    void theEventForAllIsKeptBesideManyForSelectedUsers() {
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
    void eventsForSelectedUsersCountAgainstTheBudgetUntilReplaced() {
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
                PUBLISH, dict("retain", true, "acknowledge", true, "eligible_authid", List.of(authid)), "a.b", args);
        return hasType(publisher.next(), PUBLISHED);
    }

    @Test
    void aRetainedEventIsSentToSubscribersThatRequestIt() {
        publisher.request(PUBLISH, dict("retain", true), "a.b", List.of("old"));
        publisher.request(PUBLISH, dict("retain", true), "a.b", List.of("new"));
        publisher.request(PUBLISH, dict(), "a.b", List.of("passing"));
        TestClient one = realm.join();
        long subscription = one.subscribe("a.b", "get_retained", true);
        List<Object> event = one.expect(EVENT);
        assertEquals(
                List.of(subscription, dict("retained", true), List.of("new")),
                List.of(event.get(1), event.get(3), event.get(4)));
        TestClient two = realm.join();
        two.subscribe("a.b");
        two.expectNothing();
        TestClient three = realm.join();
        three.subscribe("a.", "match", "wildcard", "get_retained", true);
        assertEquals(dict("retained", true, "topic", "a.b"), three.expect(EVENT).get(3));
    }

    @Test
    void theRetainedEventsOfAUserAreLimitedInBytes() {
        List<Object> large = Collections.nCopies(8_000, Map.of());
        int kept = 0;
        for (int topic = 0; topic < 100; topic++) {
            publisher.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.t" + topic, large);
            List<Object> answer = publisher.next();
            if (hasType(answer, PUBLISHED)) {
                kept++;
            } else {
                assertEquals("veche.error.limit_reached", answer.get(4));
            }
        }
        assertTrue(kept > 0 && kept < 10, kept + " events of half a megabyte each are retained");
        publisher.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.t0", List.of("small"));
        publisher.expect(PUBLISHED);
        TestClient other = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        other.hello();
        other.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.own", large);
        other.expect(PUBLISHED);
    }

    @Test
    void aRetainedEventKeepsItsEligibleList() {
        publisher.request(PUBLISH, dict("retain", true, "eligible_authid", List.of("user:alice")), "a.b");
        TestClient other = realm.join();
        other.subscribe("a.b", "get_retained", true);
        other.expectNothing();
        TestClient alice = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        alice.hello();
        alice.subscribe("a.b", "get_retained", true);
        alice.expect(EVENT);
    }
}
