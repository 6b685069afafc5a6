package veche.dialect.wamp.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestClient;

class ClusterEventsTest {
    private static final char EVENTS = 'w';
    private static final String TOPIC = "com.shop.stock";

    private final MemoryCluster cluster = new MemoryCluster();
    private final MemoryCluster.Node here = cluster.start();
    private final MemoryCluster.Node there = cluster.start();
    private final TestClient publisher = here.realm.join();
    private final TestClient subscriber = there.realm.join();

    /** Until a node knows the topics of another one, it sends it all events. */
    @BeforeEach
    void awaitTopics() {
        await().until(() -> parcelsOf("com.shop.nobody") == 0);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void publish(String topic, Object... options) {
        Map<String, Object> all = dict(options);
        all.put("acknowledge", true);
        publisher.request(PUBLISH, all, topic, List.of("seven"));
        publisher.expect(PUBLISHED);
    }

    /** The number of parcels for an event. */
    private long parcelsOf(String topic) {
        long before = here.sent(EVENTS);
        publish(topic);
        return here.sent(EVENTS) - before;
    }

    private void expectEvent() {
        assertEquals(List.of("seven"), subscriber.expect(EVENT).get(4));
    }

    @Test
    void anEventIsSentToNodesWithSubscribersOnly() {
        assertEquals(0, parcelsOf(TOPIC));
        long subscription = subscriber.subscribe(TOPIC);
        assertEquals(1, parcelsOf(TOPIC));
        expectEvent();
        subscriber.request(UNSUBSCRIBE, subscription);
        subscriber.expect(UNSUBSCRIBED);
        await().until(() -> parcelsOf(TOPIC) == 0);
        subscriber.expectNothing();
    }

    @ParameterizedTest
    @CsvSource({"com.shop, prefix", "com..stock, wildcard", "c, prefix"})
    void theEventsOfAPatternAreSent(String pattern, String match) {
        subscriber.subscribe(pattern, "match", match);
        publish(TOPIC);
        expectEvent();
    }

    @Test
    void noEventIsMissedOnceASubscriptionIsConfirmed() {
        for (int i = 0; i < 50; i++) {
            subscriber.subscribe(TOPIC + i);
            publish(TOPIC + i);
            expectEvent();
        }
    }

    @Test
    void aSubscriptionIsConfirmedWhenTheOtherNodesKnowIt() {
        here.withhold();
        subscriber.request(SUBSCRIBE, dict(), TOPIC);
        subscriber.expectNothing();
        here.deliver();
        subscriber.expect(SUBSCRIBED);
    }

    @Test
    void aSubscriptionIsConfirmedThoughANodeDoesNotAnswer() {
        here.withhold();
        subscriber.subscribe(TOPIC);
    }

    @Test
    void aLaterSubscriptionOfTheSameTopicIsConfirmedAtOnce() {
        subscriber.subscribe(TOPIC);
        here.withhold();
        TestClient second = there.realm.join();
        second.request(SUBSCRIBE, dict(), TOPIC);
        assertEquals(1, second.unread());
    }

    @Test
    void aRetainedEventIsSentToNodesWithoutSubscribers() {
        publish(TOPIC, "retain", true);
        TestClient late = there.realm.join();
        await().until(() -> {
            late.request(UNSUBSCRIBE, late.subscribe(TOPIC, "get_retained", true));
            return (long) late.next().get(0) == EVENT;
        });
    }

    @Test
    void topicsThatChangedWhileParcelsWereLostAreCorrected() {
        long subscription = subscriber.subscribe(TOPIC);
        there.lose();
        subscriber.request(UNSUBSCRIBE, subscription);
        subscriber.expect(UNSUBSCRIBED);
        subscriber.subscribe("com.shop.new");
        there.recover();
        await().until(() -> parcelsOf(TOPIC) == 0);
        publish("com.shop.new");
        expectEvent();
    }

    @Test
    void aNodeThatJoinsReceivesTheEventsOfItsSubscribers() {
        MemoryCluster.Node late = cluster.start();
        TestClient lateSubscriber = late.realm.join();
        lateSubscriber.subscribe(TOPIC);
        publish(TOPIC);
        assertEquals(List.of("seven"), lateSubscriber.expect(EVENT).get(4));
        late.end();
        await().until(() -> parcelsOf(TOPIC) == 0);
    }
}
