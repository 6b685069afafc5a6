package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Publish and subscribe in the basic profile. */
class BrokerTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void aSubscriberReceivesPublishedEvents() {
        TestClient subscriber = realm.join();
        TestClient publisher = realm.join();
        long subscription = subscriber.subscribe("com.example.topic");
        publisher.request(PUBLISH, dict(), "com.example.topic", List.of("x", 7L), dict("k", null));
        List<Object> event = subscriber.expect(EVENT);
        assertEquals(subscription, event.get(1));
        assertEquals(List.of(dict(), List.of("x", 7L), dict("k", null)), event.subList(3, 6));
    }

    @Test
    void anEventWithoutArgumentsOmitsThem() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        realm.join().request(PUBLISH, dict(), "a.b", List.of(), dict());
        assertEquals(4, subscriber.expect(EVENT).size());
    }

    @Test
    void thePublisherIsExcludedByDefault() {
        TestClient client = realm.join();
        client.subscribe("a.b");
        client.request(PUBLISH, dict("acknowledge", true), "a.b");
        client.expect(PUBLISHED);
        client.expectNothing();
    }

    @Test
    void anUnacknowledgedPublicationIsNotAnsweredEvenIfRejected() {
        TestClient client = realm.join();
        client.request(PUBLISH, dict(), "a.b");
        client.request(PUBLISH, dict(), "wamp.mine");
        client.request(PUBLISH, dict(), "not a uri");
        client.expectNothing();
    }

    @Test
    void publishedAndEventCarryTheSamePublicationId() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        TestClient publisher = realm.join();
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        assertEquals(
                publisher.expect(PUBLISHED).get(2), subscriber.expect(EVENT).get(2));
    }

    @Test
    void subscribingTwiceReturnsTheSameSubscription() {
        TestClient client = realm.join();
        long first = client.subscribe("a.b");
        assertEquals(first, client.subscribe("a.b"));
        realm.join().request(PUBLISH, dict(), "a.b");
        client.expect(EVENT);
        client.expectNothing();
    }

    @Test
    void allSubscribersOfATopicShareOneSubscription() {
        assertEquals(realm.join().subscribe("a.b"), realm.join().subscribe("a.b"));
        assertNotEquals(realm.join().subscribe("a.b"), realm.join().subscribe("a.c"));
    }

    @Test
    void noEventArrivesAfterUnsubscribed() {
        TestClient client = realm.join();
        long subscription = client.subscribe("a.b");
        long request = client.request(UNSUBSCRIBE, subscription);
        assertEquals(message(UNSUBSCRIBED, request), client.expect(UNSUBSCRIBED));
        TestClient publisher = realm.join();
        publisher.request(PUBLISH, dict("acknowledge", true), "a.b");
        publisher.expect(PUBLISHED);
        client.expectNothing();
    }

    @Test
    void unsubscribingFromTheSubscriptionOfAnotherSessionIsAnError() {
        TestClient client = realm.join();
        client.request(UNSUBSCRIBE, realm.join().subscribe("a.b"));
        assertEquals("wamp.error.no_such_subscription", client.expectError());
    }

    @Test
    void anEventIsEncodedOncePerFormat() {
        TestClient one = realm.join("wamp.2.msgpack");
        TestClient two = realm.join("wamp.2.msgpack");
        one.subscribe("a.b");
        two.subscribe("a.b");
        realm.join().request(PUBLISH, dict(), "a.b", List.of("x"));
        one.expect(EVENT);
        two.expect(EVENT);
        assertSame(
                one.frames().get(one.frames().size() - 1),
                two.frames().get(two.frames().size() - 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.2.json",
                "wamp.2.msgpack",
                "wamp.2.cbor",
                "wamp.2.json.batched",
                "wamp.2.msgpack.batched",
                "wamp.2.cbor.batched"
            })
    void everySerializationInteroperatesWithJson(String subprotocol) {
        TestClient one = realm.join(subprotocol);
        TestClient json = realm.join();
        one.subscribe("a.b");
        json.subscribe("a.c");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, -1});
        List<Object> args = Arrays.asList("тест", 1L << 60, -1L, 0.5, true, null, bytes, dict("d", List.of()));
        json.request(PUBLISH, dict(), "a.b", args);
        assertEquals(args, one.expect(EVENT).get(4));
        one.request(PUBLISH, dict(), "a.c", args);
        assertEquals(args, json.expect(EVENT).get(4));
    }

    @Test
    void aSessionIsLimitedToTenThousandSubscriptions() {
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
        many.disconnect();
        Map<?, ?> left = (Map<?, ?>) publisher.call("wamp.subscription.list");
        assertTrue(((List<?>) left.get("exact")).isEmpty());
    }
}
