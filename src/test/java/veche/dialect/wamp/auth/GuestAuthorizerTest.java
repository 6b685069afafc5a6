package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_WELCOME;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.router.UriAction;

/** The actions of guests in the realm, by default and as configured. */
class GuestAuthorizerTest {
    private static final String DENIED = "wamp.error.not_authorized";

    private final TestRealm realm = new TestRealm(WampSettings.DEFAULT, List.of(new Anonymous()));
    private final TestClient guest = realm.join();
    private final TestClient user = realm.joinAs("wamp.2.json", "ann");

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void aGuestPublishesSubscribesAndCalls() {
        long subscription = guest.subscribe("com.example.news");
        user.request(PUBLISH, dict(), "com.example.news", List.of("one"));
        assertEquals(subscription, guest.expect(EVENT).get(1));
        user.register("com.example.time");
        guest.request(CALL, dict(), "com.example.time");
        user.expect(INVOCATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "prefix", "wildcard"})
    void aGuestMayNotRegisterAndDoesNotLearnWhetherTheProcedureExists(String match) {
        user.register("com.example.taken", "match", match);
        for (String procedure : List.of("com.example.taken", "com.example.free", "veche.send", "wamp.session.get")) {
            guest.request(REGISTER, dict("match", match), procedure);
            List<Object> error = guest.expect(ERROR);
            assertEquals(DENIED, error.get(4));
            assertEquals(List.of("Not authorized to register '" + procedure + "'"), error.get(5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.session.count",
                "wamp.session.list",
                "wamp.session.get",
                "wamp.session.kill",
                "wamp.subscription.list",
                "wamp.subscription.match",
                "wamp.registration.list",
                "wamp.registration.lookup"
            })
    void aGuestMayNotReadTheMetaApi(String procedure) {
        guest.request(CALL, dict(), procedure, List.of(1));
        assertEquals(DENIED, guest.expectError());
    }

    @Test
    void aGuestKeepsTestamentsOfItsOwn() {
        user.subscribe("com.example.bye");
        guest.call("wamp.session.add_testament", "com.example.bye", List.of(), dict());
        guest.disconnect();
        user.expect(EVENT);
    }

    @Test
    void metaEventsReachNoGuestHoweverGeneralItsPattern() {
        guest.request(SUBSCRIBE, dict(), "wamp.session.on_join");
        assertEquals(DENIED, guest.expectError());
        guest.subscribe("wamp", "match", "prefix");
        guest.subscribe("w", "match", "prefix");
        guest.subscribe("..on_join", "match", "wildcard");
        long observed = user.subscribe("wamp.session.on_join");
        realm.join();
        assertEquals(observed, user.expect(EVENT).get(1));
        guest.expectNothing();
    }

    @Test
    void aTestamentToATopicThatMayNotBePublishedIsRefusedWhenItIsAdded() {
        try (TestRealm quiet = new TestRealm(TestRealm.guestsMay(Set.of(UriAction.CALL)), List.of(new Anonymous()))) {
            TestClient silent = quiet.join();
            silent.request(CALL, dict(), "wamp.session.add_testament", List.of("com.example.bye", List.of(), dict()));
            assertEquals(DENIED, silent.expectError());
            silent.request(PUBLISH, dict("acknowledge", true), "com.example.news");
            assertEquals(DENIED, silent.expectError());
            silent.request(SUBSCRIBE, dict(), "com.example.news");
            assertEquals(DENIED, silent.expectError());
        }
    }

    @Test
    void aGuestOfVersion1IsSubjectToTheSameRules() {
        TestClient first = realm.connect("wamp");
        first.expect(V1_WELCOME);
        first.sendMessage(V1_CALL, "x", "wamp.session.count");
        assertEquals(
                "http://api.wamp.ws/error#not-authorized",
                first.expect(V1_CALLERROR).get(2));
    }
}
