package veche.dialect.wamp.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CANCEL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.access.UriGrant;
import veche.limit.ClientMemory;

/**
 * An asynchronous policy for URIs: the order of requests while it decides, its failures, and the cache of its
 * decisions.
 */
class UriPolicyTest {
    private static final String DENIED = "wamp.error.not_authorized";
    private static final String BUSY = "veche.error.busy";
    private static final Map<String, Object> ACKNOWLEDGE = dict("acknowledge", true);
    private static final String SLOW = "com.shop.slow";

    private final ManualPolicy policy = new ManualPolicy();
    private final TestRealm realm = new TestRealm(policy);
    private final TestClient ann = realm.joinAs("wamp.2.json", "ann");
    private final TestClient bob = realm.joinAs("wamp.2.json", "bob");

    @AfterEach
    void close() {
        realm.close();
    }

    private static UriGrant until(Instant end) {
        return new UriGrant(true, false, Optional.of(end));
    }

    private long publish(String topic, Object... args) {
        return ann.request(PUBLISH, ACKNOWLEDGE, topic, List.of(args));
    }

    @Test
    void requestsProceedInTheirOrderOnceTheFirstIsPermitted() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        bob.subscribe("com.shop", "match", "prefix");
        long first = publish(SLOW, 1);
        long second = publish("com.shop.fast", 2);
        long third = publish(SLOW, 3);
        long subscribing = ann.request(SUBSCRIBE, dict(), "com.shop.fast");
        assertEquals(0, ann.unread());
        decision.complete(UriGrant.PERMITTED);
        assertEquals(List.of(first, second, third), List.of(published(), published(), published()));
        assertEquals(subscribing, ann.expect(SUBSCRIBED).get(1));
        assertEquals(List.of(List.of(1L), List.of(2L), List.of(3L)), List.of(event(), event(), event()));
    }

    private Object published() {
        return ann.expect(PUBLISHED).get(1);
    }

    private Object event() {
        return bob.expect(EVENT).get(4);
    }

    @Test
    void requestsThatNeedNoPermissionKeepTheirPlaceToo() {
        policy.hold(SLOW).complete(UriGrant.PERMITTED);
        long subscription = ann.subscribe("com.shop.news");
        CompletableFuture<UriGrant> decision = policy.hold("com.shop.time");
        ann.request(REGISTER, dict(), "com.shop.time");
        ann.request(UNSUBSCRIBE, subscription);
        long call = ann.request(CALL, dict(), "com.shop.time");
        ann.sendMessage(CANCEL, call, dict("mode", "skip"));
        assertEquals(0, ann.unread());
        decision.complete(UriGrant.PERMITTED);
        ann.expect(REGISTERED);
        ann.expect(UNSUBSCRIBED);
        ann.expect(INVOCATION);
        List<Object> error = ann.expect(ERROR);
        assertEquals(List.of(call, "wamp.error.canceled"), List.of(error.get(2), error.get(4)));
    }

    @Test
    void otherSessionsDoNotWait() {
        policy.hold(SLOW);
        publish(SLOW);
        bob.subscribe("com.shop.fast");
        bob.request(PUBLISH, ACKNOWLEDGE, "com.shop.fast");
        bob.expect(PUBLISHED);
    }

    @Test
    void aRefusalAnswersOnlyItsOwnRequest() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        publish(SLOW);
        long other = publish("com.shop.fast");
        decision.complete(UriGrant.DENIED);
        assertEquals(DENIED, ann.expectError());
        assertEquals(other, published());
    }

    @Test
    void aPolicyThatFailsRefusesAndIsConsultedAgain() {
        policy.hold(SLOW).completeExceptionally(new IllegalStateException("down"));
        publish(SLOW);
        assertEquals(BUSY, ann.expectError());
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        publish(SLOW);
        publish(SLOW);
        decision.completeExceptionally(new IllegalStateException("down"));
        assertEquals(List.of(BUSY, BUSY), List.of(ann.expectError(), ann.expectError()));
        policy.hold(SLOW).complete(UriGrant.PERMITTED);
        publish(SLOW);
        published();
    }

    @Test
    void aDecisionIsCachedUntilItExpires() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        publish(SLOW);
        decision.complete(until(Instant.now().plusSeconds(3600)));
        published();
        policy.consulted.clear();
        publish(SLOW);
        published();
        assertEquals(List.of(), policy.consulted);
        decision = policy.hold("com.shop.brief");
        publish("com.shop.brief");
        decision.complete(until(Instant.EPOCH));
        published();
        publish("com.shop.brief");
        published();
        assertEquals(List.of("PUBLISH com.shop.brief", "PUBLISH com.shop.brief"), policy.consulted);
    }

    @Test
    void requestsThatWaitAreLimitedInNumber() {
        policy.hold(SLOW);
        for (int i = 0; i < 1_000; i++) {
            publish(SLOW);
        }
        assertEquals(0, ann.unread());
        publish(SLOW);
        assertEquals(BUSY, ann.expectError());
        ann.request(CALL, dict(), "veche.whoami");
        assertEquals(BUSY, ann.expectError());
    }

    @Test
    void requestsThatWaitAreLimitedInBytesWhichAreReleased() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        String large = "x".repeat(1 << 17);
        int accepted = 0;
        do {
            publish(SLOW, large);
            accepted++;
        } while (ann.unread() == 0);
        assertTrue(accepted > 4 && accepted < 33, accepted + " requests of 128 KiB");
        assertEquals("veche.error.limit_reached", ann.expectError());
        assertTrue(realm.memory.bytes(ClientMemory.Part.REQUEST) > accepted << 17);
        decision.complete(UriGrant.PERMITTED);
        for (int i = 1; i < accepted; i++) {
            published();
        }
        await().until(() -> realm.memory.bytes(ClientMemory.Part.REQUEST) == 0);
    }

    @Test
    void theEndOfASessionDiscardsItsWaitingRequests() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        bob.subscribe("com.shop", "match", "prefix");
        publish(SLOW);
        publish("com.shop.fast");
        ann.disconnect();
        assertEquals(0, realm.memory.bytes(ClientMemory.Part.REQUEST));
        decision.complete(UriGrant.PERMITTED);
        bob.expectNothing();
    }

    @Test
    void aProtocolViolationOfARequestThatWaitedAnswersIt() {
        CompletableFuture<UriGrant> decision = policy.hold(SLOW);
        ann.request(SUBSCRIBE, dict("get_retained", "yes"), SLOW);
        decision.complete(UriGrant.PERMITTED);
        assertEquals("wamp.error.invalid_argument", ann.expectError());
    }

    @Test
    void aRefusalDoesNotRevealWhetherAProcedureExists() {
        bob.register("com.shop.taken");
        for (String procedure : List.of("com.shop.taken", "com.shop.free")) {
            policy.hold(procedure).complete(UriGrant.DENIED);
            ann.request(REGISTER, dict(), procedure);
            assertEquals(DENIED, ann.expectError());
            ann.request(CALL, dict(), procedure);
            assertEquals(DENIED, ann.expectError());
        }
    }

    @Test
    void metaEventsOfAPatternWaitForTheDecisionInTheirOrder() {
        CompletableFuture<UriGrant> decision = policy.hold("wamp.session.on_join");
        ann.subscribe("wamp.session", "match", "prefix");
        TestClient eve = realm.joinAs("wamp.2.json", "eve");
        eve.disconnect();
        assertEquals(0, ann.unread());
        decision.complete(UriGrant.PERMITTED);
        Map<?, ?> joined = (Map<?, ?>) ((List<?>) ann.expect(EVENT).get(4)).get(0);
        assertEquals(eve.session, joined.get("session"));
        assertEquals(eve.session, ((List<?>) ann.expect(EVENT).get(4)).get(0));
    }

    @Test
    void metaEventsThatThePolicyDeniesAreNotDelivered() {
        policy.hold("wamp.session.on_join").complete(UriGrant.DENIED);
        ann.subscribe("wamp.session", "match", "prefix");
        realm.joinAs("wamp.2.json", "eve");
        ann.expectNothing();
    }

    @Test
    void anExactSubscriptionToMetaEventsRequiresBothPermissions() {
        CompletableFuture<UriGrant> decision = policy.hold("wamp.session.on_join");
        ann.request(SUBSCRIBE, dict(), "wamp.session.on_join");
        assertEquals(0, ann.unread());
        decision.complete(UriGrant.DENIED);
        assertEquals(DENIED, ann.expectError());
    }

    @Test
    void aTestamentIsPublishedOnceThePolicyHasDecided() {
        bob.subscribe("com.shop.bye");
        ann.call("wamp.session.add_testament", "com.shop.bye", List.of("bye"), dict());
        CompletableFuture<UriGrant> decision = policy.hold("com.shop.bye");
        ann.disconnect();
        assertEquals(0, bob.unread());
        decision.complete(UriGrant.PERMITTED);
        assertEquals(List.of("bye"), bob.expect(EVENT).get(4));
    }

    @Test
    void aGrantMayDiscloseThePublisher() {
        policy.hold(SLOW).complete(new UriGrant(true, true, Optional.empty()));
        bob.subscribe(SLOW);
        publish(SLOW);
        assertEquals(ann.session, ((Map<?, ?>) bob.expect(EVENT).get(3)).get("publisher"));
    }

    @Test
    void aSlowPolicyDelaysRequestsOfVersion1Too() {
        TestClient first = realm.connect("wamp", TestRealm.user("zoe"));
        first.next();
        bob.subscribe("http://shop/topic");
        CompletableFuture<UriGrant> decision = policy.hold("http://shop/topic");
        first.sendMessage(7, "http://shop/topic", "one");
        assertEquals(0, bob.unread());
        decision.complete(UriGrant.PERMITTED);
        await().until(() -> bob.unread() == 1);
    }
}
