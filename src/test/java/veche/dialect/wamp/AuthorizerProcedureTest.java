package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.YIELD;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.ProtectedProcedures;
import veche.dialect.wamp.auth.UriPolicy;
import veche.log.LogLimits;
import veche.log.Logs;

/** A procedure that authorizes sessions, as Crossbar's dynamic authorizers. */
class AuthorizerProcedureTest {
    private static final String AUTHORIZER = "com.shop.authorize";
    private static final String DENIED = "wamp.error.not_authorized";
    private static final String BUSY = "veche.error.busy";
    private static final Map<String, Object> ACKNOWLEDGE = dict("acknowledge", true);

    private final TestRealm realm = realm(Duration.ofSeconds(10));
    private final TestClient backend = realm.joinAs("wamp.2.json", "backend", "admin");
    private final TestClient ann = realm.joinAs("wamp.2.json", "ann", "teacher");

    @AfterEach
    void close() {
        realm.close();
    }

    private static TestRealm realm(Duration timeout) {
        WampSettings standard = WampSettings.DEFAULT;
        WampSettings settings = TestRealm.settings(
                standard.guests(), Optional.of(new AuthorizerSettings(AUTHORIZER, timeout, Duration.ZERO)));
        UriPolicy policy = new ProtectedProcedures(Set.of(AUTHORIZER), standard.administrators(), UriPolicy.NONE);
        return new TestRealm(settings, List.of(new Anonymous()), Logs.memory(LogLimits.DEFAULT), policy);
    }

    /** Answers the next question, and returns it. */
    private List<Object> answer(Object decision) {
        List<Object> invocation = backend.expect(INVOCATION);
        backend.sendMessage(YIELD, invocation.get(1), dict(), List.of(decision));
        return arguments(invocation);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> arguments(List<Object> invocation) {
        return (List<Object>) invocation.get(4);
    }

    @Test
    void theQuestionContainsTheSessionTheUriTheActionAndTheOptions() {
        backend.register(AUTHORIZER);
        ann.request(SUBSCRIBE, dict("match", "prefix"), "com.shop");
        List<Object> question = answer(true);
        ann.expect(SUBSCRIBED);
        Map<?, ?> details = (Map<?, ?>) question.get(0);
        assertEquals(
                List.of(ann.session, "user:ann", "teacher"),
                List.of(details.get("session"), details.get("authid"), details.get("authrole")));
        assertEquals(List.of("com.shop", "subscribe", dict("match", "prefix")), question.subList(1, 4));
    }

    @Test
    void eachActionIsAuthorized() {
        backend.register(AUTHORIZER);
        List<Object> actions = new ArrayList<>();
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        actions.add(answer(true).get(2));
        ann.expect(PUBLISHED);
        ann.request(REGISTER, dict(), "com.shop.time");
        actions.add(answer(dict("allow", true)).get(2));
        ann.expect(REGISTERED);
        ann.request(CALL, dict(), "com.shop.time");
        actions.add(answer(false).get(2));
        assertEquals(DENIED, ann.expectError());
        ann.request(CALL, dict(), "wamp.session.count");
        actions.add(answer(dict("allow", false)).get(2));
        assertEquals(DENIED, ann.expectError());
        assertEquals(List.of("publish", "register", "call", "meta"), actions);
    }

    @Test
    void aDenialDoesNotRevealWhetherAProcedureExists() {
        backend.register(AUTHORIZER);
        backend.register("com.shop.taken");
        for (String procedure : List.of("com.shop.taken", "com.shop.free")) {
            ann.request(REGISTER, dict(), procedure);
            answer(false);
            assertEquals(DENIED, ann.expectError());
        }
    }

    @Test
    void anAnswerMayDiscloseThePublisherAndBeCached() {
        backend.register(AUTHORIZER);
        backend.subscribe("com.shop.news");
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        answer(dict("allow", true, "disclose", true, "cache", true));
        for (int i = 0; i < 2; i++) {
            assertEquals(ann.session, ((Map<?, ?>) backend.expect(EVENT).get(3)).get("publisher"));
            ann.expect(PUBLISHED);
            ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        }
        realm.rooms.policyChanged();
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        backend.expect(EVENT);
        answer(true);
    }

    @Test
    void requestsKeepTheirOrderWhileTheProcedureDecides() {
        backend.register(AUTHORIZER);
        backend.subscribe("com.shop", "match", "prefix");
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.one", List.of(1));
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.two", List.of(2));
        answer(true);
        assertEquals(List.of(1L), backend.expect(EVENT).get(4));
        answer(true);
        assertEquals(List.of(2L), backend.expect(EVENT).get(4));
    }

    @Test
    void withoutTheProcedureOnlyAdministratorsAndRoomsAreUsable() {
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        assertEquals(BUSY, ann.expectError());
        backend.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        backend.expect(PUBLISHED);
        ann.subscribe("veche.room.lobby");
        long registration = backend.register(AUTHORIZER);
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        answer(true);
        ann.expect(PUBLISHED);
        backend.request(UNREGISTER, registration);
        backend.expect(UNREGISTERED);
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        assertEquals(BUSY, ann.expectError());
    }

    @Test
    void applicationCodeInTheServerMayAuthorize() throws Exception {
        realm.wamp
                .realm()
                .register(AUTHORIZER, call -> !call.args().get(1).equals("com.shop.secret"))
                .toCompletableFuture()
                .get();
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
        ann.expect(PUBLISHED);
        ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.secret");
        assertEquals(DENIED, ann.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "prefix", "wildcard"})
    void nobodyElseRegistersOrCallsTheProcedure(String match) {
        String uri = match.equals("wildcard") ? "com..authorize" : AUTHORIZER;
        ann.request(REGISTER, dict("match", match), uri);
        assertEquals(DENIED, ann.expectError());
        ann.request(CALL, dict(), AUTHORIZER);
        assertEquals(DENIED, ann.expectError());
    }

    @Test
    void anInvalidAnswerRefuses() {
        backend.register(AUTHORIZER);
        for (Object invalid : List.of("yes", 1L, dict(), dict("allow", "yes"), dict("allow", true, "cache", 1L))) {
            ann.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
            answer(invalid);
            assertEquals(BUSY, ann.expectError(), invalid::toString);
        }
    }

    @Test
    void aProcedureThatDoesNotAnswerInTimeRefuses() {
        try (TestRealm impatient = realm(Duration.ofMillis(50))) {
            TestClient slow = impatient.joinAs("wamp.2.json", "backend", "admin");
            slow.register(AUTHORIZER);
            TestClient bob = impatient.joinAs("wamp.2.json", "bob");
            bob.request(PUBLISH, ACKNOWLEDGE, "com.shop.news");
            assertEquals(BUSY, bob.expectError());
        }
    }
}
