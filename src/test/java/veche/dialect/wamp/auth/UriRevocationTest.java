package veche.dialect.wamp.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.UNSUBSCRIBED;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
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
import veche.dialect.wamp.router.UriAction;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.log.LogLimits;
import veche.log.Logs;

/** Subscriptions and registrations end when the policy no longer permits them. */
class UriRevocationTest {
    private static final String NEWS = "com.shop.news";
    private static final String TIME = "com.shop.time";
    private static final UriGrant EXPIRED = new UriGrant(true, false, Optional.of(Instant.EPOCH));

    private final ManualPolicy policy = new ManualPolicy();
    private final TestRealm realm = new TestRealm(policy);
    private final TestClient bob = realm.joinAs("wamp.2.json", "bob");

    @AfterEach
    void close() {
        realm.close();
    }

    private static Map<String, Object> roles() {
        Map<String, Object> features =
                dict("features", dict("subscription_revocation", true, "registration_revocation", true));
        return dict("subscriber", features, "callee", features, "caller", dict(), "publisher", dict());
    }

    /** A client that announces the revocation of subscriptions and registrations. */
    private TestClient announcing() {
        TestClient client = realm.connect("wamp.2.json", TestRealm.user("ann"));
        client.sendMessage(HELLO, "veche", dict("roles", roles()));
        client.session = (Long) client.expect(WELCOME).get(1);
        return client;
    }

    private void deny(String uri) {
        policy.hold(uri).complete(UriGrant.DENIED);
    }

    private void expire() {
        realm.rooms.roomSessions().expire(Instant.now(), Duration.ZERO);
    }

    private void assertNotDelivered(TestClient to) {
        bob.request(PUBLISH, dict("acknowledge", true), NEWS);
        bob.expect(PUBLISHED);
        to.expectNothing();
    }

    private void assertNotRegistered() {
        bob.request(CALL, dict(), TIME);
        assertEquals("wamp.error.no_such_procedure", bob.expectError());
    }

    @Test
    void aChangedPolicyEndsASubscription() {
        TestClient ann = announcing();
        long subscription = ann.subscribe(NEWS);
        ann.subscribe("com.shop.other");
        policy.hold(NEWS);
        CompletableFuture<UriGrant> decision = policy.hold(NEWS);
        realm.rooms.policyChanged();
        ann.expectNothing();
        decision.complete(UriGrant.DENIED);
        String reason = "You are no longer permitted to subscribe to 'com.shop.news'";
        assertEquals(
                message(UNSUBSCRIBED, 0L, dict("reason", reason, "subscription", subscription)),
                ann.expect(UNSUBSCRIBED));
        policy.hold(NEWS).complete(UriGrant.PERMITTED);
        assertNotDelivered(ann);
    }

    @Test
    void aChangedPolicyEndsARegistrationOfAPattern() {
        TestClient ann = announcing();
        long registration = ann.register("com.shop.ti", "match", "prefix");
        deny("com.shop.ti");
        realm.rooms.policyChanged();
        String reason = "You are no longer permitted to register 'com.shop.ti'";
        assertEquals(
                message(UNREGISTERED, 0L, dict("reason", reason, "registration", registration)),
                ann.expect(UNREGISTERED));
        assertNotRegistered();
    }

    @Test
    void aClientThatDoesNotAnnounceRevocationIsInformedByAnEvent() {
        TestClient ann = realm.joinAs("wamp.2.json", "ann");
        ann.subscribe("veche.session.removed");
        ann.subscribe(NEWS);
        ann.register(TIME);
        deny(NEWS);
        deny(TIME);
        realm.rooms.policyChanged();
        Map<?, ?> topic = (Map<?, ?>) ann.expect(EVENT).get(5);
        assertEquals(List.of(NEWS, "exact"), List.of(topic.get("topic"), topic.get("match")));
        Map<?, ?> procedure = (Map<?, ?>) ann.expect(EVENT).get(5);
        assertEquals("You are no longer permitted to register 'com.shop.time'", procedure.get("reason"));
        assertEquals(TIME, procedure.get("procedure"));
        policy.hold(NEWS).complete(UriGrant.PERMITTED);
        policy.hold(TIME).complete(UriGrant.PERMITTED);
        assertNotDelivered(ann);
        assertNotRegistered();
    }

    @Test
    void aDecisionFromBeforeALaterChangeEndsNothing() {
        TestClient ann = announcing();
        ann.subscribe(NEWS);
        CompletableFuture<UriGrant> obsolete = policy.hold(NEWS);
        realm.rooms.policyChanged();
        policy.hold(NEWS).complete(UriGrant.PERMITTED);
        realm.rooms.policyChanged();
        obsolete.complete(UriGrant.DENIED);
        bob.request(PUBLISH, dict("acknowledge", true), NEWS);
        ann.expect(EVENT);
    }

    @Test
    void whatThePolicyStillPermitsRemains() {
        TestClient ann = announcing();
        ann.subscribe(NEWS);
        realm.rooms.policyChanged();
        expire();
        bob.request(PUBLISH, dict("acknowledge", true), NEWS);
        ann.expect(EVENT);
    }

    @Test
    void aPermissionThatExpiresIsDeterminedAnew() {
        TestClient ann = announcing();
        policy.hold(NEWS).complete(EXPIRED);
        policy.hold(TIME).complete(EXPIRED);
        ann.subscribe(NEWS);
        ann.register(TIME);
        expire();
        ann.expectNothing();
        deny(NEWS);
        deny(TIME);
        expire();
        ann.expect(UNSUBSCRIBED);
        ann.expect(UNREGISTERED);
    }

    @Test
    void aPermissionThatCannotBeDeterminedAnewEnds() {
        TestClient ann = announcing();
        policy.hold(NEWS).complete(EXPIRED);
        ann.subscribe(NEWS);
        policy.hold(NEWS).completeExceptionally(new IllegalStateException("down"));
        expire();
        ann.expect(UNSUBSCRIBED);
    }

    @Test
    void theExpiryOfThePermissionForMetaEventsEndsTheirSubscription() {
        TestClient ann = announcing();
        String topic = "wamp.session.on_join";
        policy.hold(topic).complete(EXPIRED);
        ann.subscribe(topic);
        deny(topic);
        expire();
        ann.expect(UNSUBSCRIBED);
    }

    @Test
    void aRequestThatWaitedWhilePoliciesChangedIsDecidedByTheNewOnes() {
        TestClient ann = announcing();
        CompletableFuture<UriGrant> before = policy.hold(NEWS);
        ann.request(SUBSCRIBE, dict(), NEWS);
        deny(NEWS);
        realm.rooms.policyChanged();
        before.complete(UriGrant.PERMITTED);
        assertEquals("wamp.error.not_authorized", ann.expectError());
    }

    @Test
    void aSubscriptionThatIsPermittedWhilePoliciesChangeIsDecidedAgain() {
        TestClient ann = announcing();
        policy.onConsultation(() -> {
            deny(NEWS);
            realm.rooms.policyChanged();
        });
        ann.request(SUBSCRIBE, dict(), NEWS);
        ann.expect(SUBSCRIBED);
        ann.expect(UNSUBSCRIBED);
    }

    @Test
    void aRenewedTokenEndsWhatItsRolesDoNotPermit() {
        UriPolicy teachers = (user, action, uri, match) ->
                UriGrant.decided(action == UriAction.CALL || user.roles().contains("teacher"));
        Tokens tokens = new Tokens(Issuer.settings(), Runnable::run);
        try (TestRealm school = new TestRealm(
                TestRealm.SETTINGS, List.of(new TokenLogin(tokens)), Logs.memory(LogLimits.DEFAULT), teachers)) {
            TestClient ann = school.connect("wamp.2.json");
            ann.sendMessage(HELLO, "veche", dict("authmethods", List.of("ticket"), "roles", roles()));
            ann.expect(CHALLENGE);
            ann.sendMessage(AUTHENTICATE, token("teacher"), dict());
            ann.expect(WELCOME);
            ann.subscribe(NEWS);
            ann.request(CALL, dict(), "veche.refresh", List.of(token("pupil")));
            ann.expect(UNSUBSCRIBED);
            ann.expect(RESULT);
        }
    }

    private static String token(String role) {
        return Issuer.token("ann", claims -> claims.claim("roles", List.of(role)));
    }

    @Test
    void theEndIsPublishedAsMetaEvent() {
        TestClient ann = announcing();
        ann.subscribe(NEWS);
        bob.subscribe("wamp.subscription.on_unsubscribe");
        deny(NEWS);
        realm.rooms.policyChanged();
        await().until(() -> bob.unread() == 1);
        assertEquals(ann.session, ((List<?>) bob.expect(EVENT).get(4)).get(0));
    }
}
