package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Pattern-based subscriptions (advanced profile). */
class PatternSubscriptionTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, com.example, com.example.a, true",
        "prefix, com.example, com.examples, true",
        "prefix, com.example., com.example.a.b, true",
        "prefix, com.example., com.example, false",
        "wildcard, com..c, com.b.c, true",
        "wildcard, com..c, com.b.d, false",
        "wildcard, com..c, com.b.c.d, false",
        "wildcard, ..c, a.b.c, true",
        "wildcard, com.., com.a.b, true",
        "wildcard, com.., com.a, false",
        "exact, com.example, com.example.a, false"
    })
    void aPatternReceivesTheEventsOfMatchingTopics(String match, String pattern, String topic, boolean received) {
        TestClient subscriber = realm.join();
        long subscription = subscriber.subscribe(pattern, "match", match);
        publisher.request(PUBLISH, dict("acknowledge", true), topic, List.of("x"));
        publisher.expect(PUBLISHED);
        if (received) {
            List<Object> event = subscriber.expect(EVENT);
            assertEquals(List.of(subscription, dict("topic", topic)), List.of(event.get(1), event.get(3)));
        }
        subscriber.expectNothing();
    }

    @Test
    void theEmptyPrefixMatchesEveryTopic() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("", "match", "prefix");
        publisher.request(PUBLISH, dict(), "com.example", List.of("x"));
        assertEquals(
                List.of("wamp.subscription.on_create", "wamp.subscription.on_subscribe", "com.example"),
                Stream.generate(() -> (Map<?, ?>) subscriber.expect(EVENT).get(3))
                        .limit(3)
                        .map(details -> details.get("topic"))
                        .toList());
    }

    @Test
    void eachMatchingSubscriptionReceivesThePublicationOnce() {
        TestClient subscriber = realm.join();
        List<Long> subscriptions = List.of(
                subscriber.subscribe("a.b"),
                subscriber.subscribe("a", "match", "prefix"),
                subscriber.subscribe("a.", "match", "wildcard"));
        publisher.request(PUBLISH, dict(), "a.b");
        List<Object> received = new ArrayList<>();
        List<Object> publications = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Object> event = subscriber.expect(EVENT);
            received.add(event.get(1));
            publications.add(event.get(2));
        }
        assertEquals(
                subscriptions.stream().sorted().toList(),
                received.stream().map(Long.class::cast).sorted().toList());
        assertEquals(1, publications.stream().distinct().count());
        subscriber.expectNothing();
    }

    @Test
    void noEventArrivesAfterUnsubscribingFromAPattern() {
        TestClient subscriber = realm.join();
        long subscription = subscriber.subscribe("a.", "match", "wildcard");
        subscriber.request(UNSUBSCRIBE, subscription);
        subscriber.expect(UNSUBSCRIBED);
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        publisher.expect(PUBLISHED);
        subscriber.expectNothing();
    }
}
