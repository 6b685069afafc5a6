package veche.dialect.wamp.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.V1_WELCOME;
import static veche.testing.MessageType.WELCOME;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Identities;
import veche.room.Author;
import veche.room.User;

/** The session, subscription and registration meta API (advanced profile). */
class MetaApiTest {
    /** Admits every client as an administrator. */
    private static final Authenticator ADMIN = new Authenticator() {
        @Override
        public String method() {
            return "admin";
        }

        @Override
        public CompletionStage<Step> begin(Claim claim) {
            Author author = claim.handshake().author();
            return CompletableFuture.completedFuture(
                    new Admitted(Identities.of(User.guest(author), "root", "admin", "admin", "test", Map.of())));
        }
    };

    private final TestRealm realm = new TestRealm(TestRealm.SETTINGS, List.of(new Anonymous(), ADMIN));
    private final TestClient client = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    private TestClient admin() {
        TestClient admin = realm.connect("wamp.2.json");
        admin.sendMessage(
                HELLO, "veche", dict("roles", TestClient.allRoles(), "authmethods", List.of("unsupported", "admin")));
        admin.session = (Long) admin.expect(WELCOME).get(1);
        return admin;
    }

    @Test
    void sessionsAreCountedListedAndDescribed() {
        TestClient admin = admin();
        assertEquals(2L, client.call("wamp.session.count"));
        assertEquals(1L, client.call("wamp.session.count", List.of("admin")));
        assertEquals(List.of(admin.session), client.call("wamp.session.list", List.of("admin")));
        Map<?, ?> details = (Map<?, ?>) client.call("wamp.session.get", admin.session);
        assertEquals(
                List.of(admin.session, "root", "admin"),
                List.of(details.get("session"), details.get("authid"), details.get("authrole")));
        client.request(CALL, dict(), "wamp.session.get", List.of(1L));
        assertEquals("wamp.error.no_such_session", client.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "list"})
    void rolesMustBeStrings(String procedure) {
        for (Object roles : List.of("admin", List.of(1L), List.of("admin", List.of()))) {
            client.request(CALL, dict(), "wamp.session." + procedure, List.of(roles));
            assertEquals("wamp.error.invalid_argument", client.expectError());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscription", "registration"})
    void aLookupWithInvalidOptionsIsAnError(String kind) {
        for (Object options : List.of("prefix", dict("match", "bogus"), dict("match", 1L))) {
            client.request(CALL, dict(), "wamp." + kind + ".lookup", List.of("a.b", options));
            assertEquals("wamp.error.invalid_argument", client.expectError());
        }
    }

    @Test
    void joiningAndLeavingIsPublished() {
        client.subscribe("wamp.session.on_join");
        client.subscribe("wamp.session.on_leave");
        TestClient other = realm.join();
        Map<?, ?> joined = (Map<?, ?>) ((List<?>) client.expect(EVENT).get(4)).get(0);
        assertEquals(other.session, joined.get("session"));
        other.disconnect();
        assertEquals(
                List.of(other.session, "guest:2", "anonymous"),
                client.expect(EVENT).get(4));
    }

    @Test
    void onlyAdministratorsKillSessions() {
        client.request(CALL, dict(), "wamp.session.kill", List.of(client.session));
        assertEquals("wamp.error.not_authorized", client.expectError());
        client.request(CALL, dict(), "wamp.session.kill_all");
        assertEquals("wamp.error.not_authorized", client.expectError());
    }

    @Test
    void aKilledSessionReceivesTheReasonAndEnds() {
        TestClient admin = admin();
        client.subscribe("a.b");
        admin.request(
                CALL,
                dict(),
                "wamp.session.kill",
                List.of(client.session),
                dict("reason", "com.example.out", "message", "Go"));
        admin.expect(RESULT);
        assertEquals(message(GOODBYE, dict("message", "Go"), "com.example.out"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.delayedCloseCode());
        assertEquals(1L, admin.call("wamp.session.count"));
        client.request(PUBLISH, dict("acknowledge", true), "a.b");
        client.sendMessage(GOODBYE, dict(), "wamp.close.goodbye_and_out");
        assertEquals(CloseCode.NORMAL, client.closeCode());
        assertEquals(0, client.unread());
    }

    @Test
    void aKilledSessionReceivesOneGoodbyeHoweverEarlyTheAnswerArrives() {
        client.onArrival(GOODBYE, () -> client.sendMessage(GOODBYE, dict(), "wamp.close.goodbye_and_out"));
        admin().call("wamp.session.kill", client.session);
        assertEquals(message(GOODBYE, dict(), "wamp.close.killed"), client.expect(GOODBYE));
        assertEquals(CloseCode.NORMAL, client.closeCode());
        assertEquals(0, client.unread());
    }

    @Test
    void aGoodbyeThatCrossesTheServersIsNotAnswered() {
        admin().call("wamp.session.kill", client.session);
        client.sendMessage(GOODBYE, dict(), "wamp.close.close_realm");
        client.expect(GOODBYE);
        assertEquals(CloseCode.NORMAL, client.closeCode());
        assertEquals(0, client.unread());
    }

    @Test
    void sessionsAreKilledByAuthidByRoleAndAll() {
        TestClient admin = admin();
        assertEquals(List.of(client.session), admin.call("wamp.session.kill_by_authid", "guest:1"));
        client.expect(GOODBYE);
        realm.join();
        realm.join();
        assertEquals(2L, admin.call("wamp.session.kill_by_authrole", "anonymous"));
        realm.join();
        assertEquals(1L, admin.call("wamp.session.kill_all"));
        assertEquals(1L, admin.call("wamp.session.count"));
        admin.request(CALL, dict(), "wamp.session.kill", List.of(admin.session));
        assertEquals("wamp.error.no_such_session", admin.expectError());
    }

    @Test
    void killWithoutAMessageSendsNone() {
        admin().call("wamp.session.kill", client.session);
        assertEquals(message(GOODBYE, dict(), "wamp.close.killed"), client.expect(GOODBYE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "kill_by_authid", "kill_by_authrole", "kill_all"})
    void aReasonThatIsNotAUriIsRejected(String procedure) {
        TestClient admin = admin();
        Object target = Map.of("kill", client.session, "kill_by_authid", "guest:1", "kill_by_authrole", "anonymous")
                .getOrDefault(procedure, "");
        for (String reason : List.of("not a uri", "")) {
            admin.request(CALL, dict(), "wamp.session." + procedure, List.of(target), dict("reason", reason));
            assertEquals("wamp.error.invalid_uri", admin.expectError());
        }
        client.expectNothing();
    }

    @Test
    void killAllPublishesNeitherTestamentsNorOnLeave() {
        TestClient admin = admin();
        admin.subscribe("wamp.session.on_leave");
        admin.subscribe("a.will");
        client.call("wamp.session.add_testament", "a.will", List.of("bye"), dict());
        assertEquals(1L, admin.call("wamp.session.kill_all"));
        admin.expectNothing();
        TestClient other = realm.join();
        other.call("wamp.session.add_testament", "a.will", List.of("bye"), dict());
        admin.request(CALL, dict(), "wamp.session.kill", List.of(other.session));
        assertEquals(List.of("bye"), admin.expect(EVENT).get(4));
        assertEquals(other.session, ((List<?>) admin.expect(EVENT).get(4)).get(0));
        admin.expect(RESULT);
    }

    @Test
    void aKilledClientOfVersion1IsClosed() {
        TestClient old = realm.connect("wamp");
        old.expect(V1_WELCOME);
        assertEquals(2L, admin().call("wamp.session.kill_all"));
        assertEquals(CloseCode.POLICY, old.closeCode());
    }

    @Test
    void subscriptionsAreListedFoundAndDescribed() {
        long exact = client.subscribe("a.b");
        long prefix = client.subscribe("a.", "match", "prefix");
        TestClient other = realm.join();
        other.subscribe("a.b");
        assertEquals(
                dict("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of()),
                client.call("wamp.subscription.list"));
        assertEquals(exact, client.call("wamp.subscription.lookup", "a.b"));
        assertEquals(prefix, client.call("wamp.subscription.lookup", "a.", dict("match", "prefix")));
        assertNull(client.call("wamp.subscription.lookup", "a.c"));
        assertEquals(List.of(exact, prefix), client.call("wamp.subscription.match", "a.b"));
        assertNull(client.call("wamp.subscription.match", "b"));
        Map<?, ?> details = (Map<?, ?>) client.call("wamp.subscription.get", exact);
        assertEquals(
                List.of(exact, "a.b", "exact"), List.of(details.get("id"), details.get("uri"), details.get("match")));
        assertEquals(2L, client.call("wamp.subscription.count_subscribers", exact));
        List<?> subscribers = (List<?>) client.call("wamp.subscription.list_subscribers", exact);
        assertTrue(subscribers.containsAll(List.of(client.session, other.session)));
        client.request(CALL, dict(), "wamp.subscription.get", List.of(99L));
        assertEquals("wamp.error.no_such_subscription", client.expectError());
    }

    @Test
    void theLifecycleOfASubscriptionIsPublished() {
        TestClient other = realm.join();
        client.subscribe("wamp.subscription.", "match", "prefix");
        assertEquals("wamp.subscription.on_create", topic(client.expect(EVENT)));
        assertEquals("wamp.subscription.on_subscribe", topic(client.expect(EVENT)));
        long subscription = other.subscribe("a.b");
        assertEquals("wamp.subscription.on_create", topic(client.expect(EVENT)));
        assertEquals("wamp.subscription.on_subscribe", topic(client.expect(EVENT)));
        other.request(UNSUBSCRIBE, subscription);
        List<Object> event = client.expect(EVENT);
        assertEquals("wamp.subscription.on_unsubscribe", topic(event));
        assertEquals(List.of(other.session, subscription), event.get(4));
        assertEquals("wamp.subscription.on_delete", topic(client.expect(EVENT)));
    }

    private static Object topic(List<Object> event) {
        return ((Map<?, ?>) event.get(3)).get("topic");
    }

    @Test
    void registrationsAreListedFoundAndDescribed() {
        long exact = client.register("a.p", "invoke", "roundrobin");
        long prefix = client.register("a.", "match", "prefix");
        TestClient other = realm.join();
        other.register("a.p", "invoke", "roundrobin");
        assertEquals(
                dict("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of()),
                other.call("wamp.registration.list"));
        assertEquals(exact, other.call("wamp.registration.lookup", "a.p"));
        assertEquals(prefix, other.call("wamp.registration.match", "a.q"));
        assertNull(other.call("wamp.registration.match", "q"));
        Map<?, ?> details = (Map<?, ?>) other.call("wamp.registration.get", exact);
        assertEquals(List.of("a.p", "roundrobin"), List.of(details.get("uri"), details.get("invoke")));
        assertEquals(2L, other.call("wamp.registration.count_callees", exact));
        assertEquals(List.of(client.session, other.session), other.call("wamp.registration.list_callees", exact));
    }

    @Test
    void theLifecycleOfARegistrationIsPublished() {
        TestClient other = realm.join();
        client.subscribe("wamp.registration.", "match", "prefix");
        long registration = other.register("a.p");
        assertEquals("wamp.registration.on_create", topic(client.expect(EVENT)));
        assertEquals(List.of(other.session, registration), client.expect(EVENT).get(4));
        other.disconnect();
        assertEquals("wamp.registration.on_unregister", topic(client.expect(EVENT)));
        assertEquals("wamp.registration.on_delete", topic(client.expect(EVENT)));
    }
}
