package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
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
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Author;

/** What the advanced profile adds to topics. */
class TopicTest {
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
    void aPatternHearsTheTopicsThatItMatches(String match, String pattern, String topic, boolean heard) {
        TestClient subscriber = realm.join();
        long subscription = subscriber.subscribe(pattern, "match", match);
        publisher.request(PUBLISH, dict("acknowledge", true), topic, List.of("x"));
        publisher.expect(PUBLISHED);
        if (heard) {
            List<Object> event = subscriber.expect(EVENT);
            assertEquals(List.of(subscription, dict("topic", topic)), List.of(event.get(1), event.get(3)));
        }
        subscriber.expectNothing();
    }

    @Test
    void thePatternOfEverythingHearsEverything() {
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
    void eachMatchingSubscriptionHearsThePublicationOnce() {
        TestClient subscriber = realm.join();
        List<Long> subscriptions = List.of(
                subscriber.subscribe("a.b"),
                subscriber.subscribe("a", "match", "prefix"),
                subscriber.subscribe("a.", "match", "wildcard"));
        publisher.request(PUBLISH, dict(), "a.b");
        List<Object> heard = new ArrayList<>();
        List<Object> publications = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Object> event = subscriber.expect(EVENT);
            heard.add(event.get(1));
            publications.add(event.get(2));
        }
        assertEquals(
                subscriptions.stream().sorted().toList(),
                heard.stream().map(Long.class::cast).sorted().toList());
        assertEquals(1, publications.stream().distinct().count());
        subscriber.expectNothing();
    }

    @Test
    void aPatternThatIsLeftHearsNothingMore() {
        TestClient subscriber = realm.join();
        long subscription = subscriber.subscribe("a.", "match", "wildcard");
        subscriber.request(UNSUBSCRIBE, subscription);
        subscriber.expect(UNSUBSCRIBED);
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        publisher.expect(PUBLISHED);
        subscriber.expectNothing();
    }

    @Test
    void aPublisherMayHearItself() {
        publisher.subscribe("a.b");
        publisher.request(PUBLISH, dict("exclude_me", false), "a.b");
        publisher.expect(EVENT);
    }

    @ParameterizedTest
    @CsvSource({
        "exclude, session, 1",
        "exclude_authid, user:alice, 1",
        "exclude_authrole, anonymous, none",
        "eligible, session, 0",
        "eligible_authid, user:alice, 0",
        "eligible_authrole, anonymous, 0 1",
        "eligible_authrole, boss, none"
    })
    void listsChooseWhoHears(String option, String value, String expected) {
        TestClient alice = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        alice.hello();
        TestClient bob = realm.connect("wamp.2.json", new Author("user:bob", "Bob"));
        bob.hello();
        List<TestClient> all = List.of(alice, bob);
        all.forEach(client -> client.subscribe("a.b"));
        Object entry = value.equals("session") ? (Object) alice.session : value;
        publisher.request(PUBLISH, dict("acknowledge", true, option, List.of(entry)), "a.b");
        publisher.expect(PUBLISHED);
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).unread() > 0) {
                heard.add(String.valueOf(i));
            }
        }
        assertEquals(expected.equals("none") ? "" : expected, String.join(" ", heard));
    }

    @Test
    void listsOfTheWrongKindAreAViolation() {
        publisher.request(PUBLISH, dict("exclude", List.of("x")), "a.b");
        assertEquals("wamp.error.protocol_violation", publisher.expect(ABORT).get(2));
    }

    @Test
    void aPublisherThatDisclosesItselfIsKnown() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict("disclose_me", true), "a.b");
        assertEquals(
                dict(
                        "publisher", publisher.session,
                        "publisher_authid", "guest:1",
                        "publisher_authrole", "anonymous"),
                subscriber.expect(EVENT).get(3));
    }

    @Test
    void aRetainedEventIsGivenToThoseWhoAskOnSubscribing() {
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
    void whatOneUserHasRetainedIsBoundedInBytesOfHeap() {
        List<Object> large = java.util.Collections.nCopies(8_000, Map.of());
        int kept = 0;
        for (int topic = 0; topic < 100; topic++) {
            publisher.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.t" + topic, large);
            List<Object> answer = publisher.next();
            if (answer.get(0).equals(17L)) {
                kept++;
            } else {
                assertEquals("veche.error.limit_reached", answer.get(4));
            }
        }
        assertTrue(kept > 0 && kept < 10, kept + " events of half a megabyte each are retained");
        publisher.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.t0", List.of("small"));
        assertEquals(17L, publisher.next().get(0));
        TestClient other = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        other.hello();
        other.request(PUBLISH, dict("retain", true, "acknowledge", true), "a.own", large);
        assertEquals(17L, other.next().get(0));
    }

    @Test
    void testamentsCountToTheSameBytesUntilTheyAreFlushedOrPublished() {
        List<Object> large = java.util.Collections.nCopies(8_000, Map.of());
        int kept = 0;
        while (added(publisher, large) && kept < 100) {
            kept++;
        }
        assertTrue(kept > 0 && kept < 10, kept + " testaments of half a megabyte each are kept");
        publisher.call("wamp.session.flush_testaments");
        assertTrue(added(publisher, large));
    }

    private static boolean added(TestClient client, List<Object> args) {
        client.request(CALL, dict(), "wamp.session.add_testament", List.of("a.will", args, dict()));
        List<Object> answer = client.next();
        if (answer.get(0).equals(8L)) {
            assertEquals("veche.error.limit_reached", answer.get(4));
            return false;
        }
        return true;
    }

    @Test
    void aRetainedEventKeepsItsLists() {
        publisher.request(PUBLISH, dict("retain", true, "eligible_authid", List.of("user:alice")), "a.b");
        TestClient other = realm.join();
        other.subscribe("a.b", "get_retained", true);
        other.expectNothing();
        TestClient alice = realm.connect("wamp.2.json", new Author("user:alice", "Alice"));
        alice.hello();
        alice.subscribe("a.b", "get_retained", true);
        alice.expect(EVENT);
    }

    @Test
    void anOpaquePayloadGoesThroughWithItsAttributes() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict("ppt_scheme", "x_mine", "ppt_keyid", "k"), "a.b", List.of("x"));
        assertEquals(
                dict("ppt_scheme", "x_mine", "ppt_keyid", "k"),
                subscriber.expect(EVENT).get(3));
    }

    @Test
    void testamentsAreReadWhenTheSessionEnds() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.will");
        publisher.call("wamp.session.add_testament", "a.will", List.of("kept"), dict("k", 1L));
        publisher.vanish();
        assertEquals(
                List.of(List.of("kept"), dict("k", 1L)),
                subscriber.expect(EVENT).subList(4, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retain", "exclude_me", "eligible", "ppt_scheme"})
    void aTestamentWhoseOptionsAreWrongIsRefusedAtOnce(String option) {
        publisher.request(
                48, dict(), "wamp.session.add_testament", List.of("a.will"), dict("publish_options", dict(option, 7L)));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
    }

    @Test
    void testamentsCanBeTakenBack() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.will");
        publisher.call("wamp.session.add_testament", "a.will", List.of("taken back"), dict());
        publisher.request(
                48,
                dict(),
                "wamp.session.add_testament",
                List.of("a.will", List.of("detached"), dict()),
                dict("scope", "detached"));
        publisher.expect(RESULT);
        assertNull(publisher.call("wamp.session.flush_testaments"));
        publisher.vanish();
        assertEquals(List.of("detached"), subscriber.expect(EVENT).get(4));
        subscriber.expectNothing();
    }

    @Test
    void aTestamentToARoomIsSaidInIt() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("veche.room.lobby");
        publisher.call("wamp.session.add_testament", "veche.room.lobby", List.of("bye"), dict());
        publisher.vanish();
        assertEquals(List.of("bye"), subscriber.expect(EVENT).get(4));
    }

    @Test
    void aSessionHoldsTenThousandSubscriptionsAndNoMore() {
        TestClient many = realm.join("wamp.2.msgpack");
        for (int i = 0; i < 10_000; i++) {
            many.request(SUBSCRIBE, dict(), "com.example." + i);
        }
        many.request(SUBSCRIBE, dict(), "com.example.one_too_many");
        for (int i = 0; i < 10_000; i++) {
            many.expect(SUBSCRIBED);
        }
        assertEquals("veche.error.limit_reached", many.expectError());
        publisher.request(PUBLISH, dict(), "com.example.9999");
        many.expect(EVENT);
        many.vanish();
        Map<?, ?> left = (Map<?, ?>) publisher.call("wamp.subscription.list");
        assertTrue(((List<?>) left.get("exact")).isEmpty());
    }
}
