package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.WELCOME;
import static veche.testing.MessageType.YIELD;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dealer forwards depends on what caller and callee announced. */
class CallFeaturesTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient callee = realm.join();
    private final TestClient caller = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    private TestClient announcing(String... features) {
        Map<String, Object> announced = dict();
        for (String feature : features) {
            announced.put(feature, true);
        }
        Map<String, Object> role = dict("features", announced);
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "veche", dict("roles", dict("caller", role, "callee", role)));
        client.session = (Long) client.expect(WELCOME).get(1);
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "progressive_call_results, true",
        "call_canceling, false",
        "progressive_call_results call_canceling, true"
    })
    void progressIsAskedOfCalleesOnlyThatAnnouncedIt(String features, boolean forwarded) {
        TestClient some = announcing(features.split(" "));
        some.register("a.p");
        caller.request(CALL, dict("receive_progress", true), "a.p");
        List<Object> invocation = some.expect(INVOCATION);
        assertEquals(forwarded ? dict("receive_progress", true) : dict(), invocation.get(3));
        some.say(YIELD, invocation.get(1), dict(), List.of(1L));
        assertEquals(List.of(dict(), List.of(1L)), caller.expect(RESULT).subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "progressive_call_invocations, false",
        "call_canceling, false",
        "progressive_call_invocations call_canceling, true",
        "progressive_call_invocations call_cancelling, true"
    })
    void argumentsInPartsGoToCalleesOnlyThatAnnouncedThemAndCanBeCanceled(String features, boolean taken) {
        TestClient some = announcing(features.split(" "));
        some.register("a.p");
        caller.request(CALL, dict("progress", true), "a.p");
        if (taken) {
            assertEquals(dict("progress", true), some.expect(INVOCATION).get(3));
        } else {
            assertEquals("wamp.error.feature_not_supported", caller.expectError());
        }
    }

    @Test
    void aCalleeThatRegistersForItKnowsEveryCaller() {
        callee.register("a.p", "disclose_caller", true);
        caller.request(CALL, dict(), "a.p");
        assertEquals(
                dict("caller", caller.session, "caller_authid", "guest:2", "caller_authrole", "anonymous"),
                callee.expect(INVOCATION).get(3));
    }

    @Test
    void ofASharedRegistrationThoseKnowTheCallerThatAskedForIt() {
        callee.register("a.p", "invoke", "roundrobin", "disclose_caller", true);
        TestClient other = realm.join();
        other.register("a.p", "invoke", "roundrobin");
        caller.request(CALL, dict(), "a.p");
        caller.request(CALL, dict(), "a.p");
        assertEquals(caller.session, ((Map<?, ?>) callee.expect(INVOCATION).get(3)).get("caller"));
        assertEquals(dict(), other.expect(INVOCATION).get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such", "wamp.session.count", "a.p"})
    void aProgressiveCallThatWasNotAnnouncedIsAViolationWhateverItsProcedure(String procedure) {
        callee.register("a.p");
        TestClient plain = announcing();
        plain.request(CALL, dict("progress", true), procedure);
        assertEquals("wamp.error.protocol_violation", plain.expect(ABORT).get(2));
    }

    @Test
    void anEmptySchemeIsNoPassthruMode() {
        callee.register("a.p");
        TestClient plain = announcing();
        plain.request(CALL, dict("ppt_scheme", "", "ppt_keyid", "k"), "a.p", List.of("x"));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(dict(), List.of("x")), invocation.subList(3, 5));
        callee.say(YIELD, invocation.get(1), dict("ppt_scheme", ""), List.of("y"));
        assertEquals(List.of(dict(), List.of("y")), plain.expect(RESULT).subList(2, 4));
        plain.request(PUBLISH, dict("acknowledge", true, "ppt_scheme", ""), "a.b");
        plain.expect(PUBLISHED);
    }

    @Test
    void aCalleesErrorThatIsNoUriIsReplaced() {
        callee.register("a.p");
        List<String> answers = new ArrayList<>();
        for (String error : List.of("not a uri!", "", "a..b", "a.b")) {
            caller.request(CALL, dict(), "a.p");
            callee.say(ERROR, 68, callee.expect(INVOCATION).get(1), dict(), error);
            answers.add(caller.expectError());
        }
        String invalid = "wamp.error.invalid_uri";
        assertEquals(List.of(invalid, invalid, invalid, "a.b"), answers);
    }

    @ParameterizedTest
    @CsvSource({
        "wamp, wamp.error.invalid_uri",
        "wamp.x, wamp.error.invalid_uri",
        "veche, wamp.error.not_authorized",
        "veche.x, wamp.error.not_authorized"
    })
    void theServersFirstComponentsAreReserved(String uri, String error) {
        callee.request(REGISTER, dict(), uri);
        assertEquals(error, callee.expectError());
        callee.request(REGISTER, dict("match", "prefix"), uri);
        assertEquals(error, callee.expectError());
        callee.request(PUBLISH, dict("acknowledge", true), uri);
        assertEquals(error, callee.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamper", "vechery.x"})
    void whatOnlyBeginsLikeAReservedComponentIsFree(String uri) {
        callee.register(uri);
        callee.request(PUBLISH, dict("acknowledge", true), uri);
        callee.expect(PUBLISHED);
    }

    @Test
    void aCalleeIsInterruptedWhosePassthruProgressTheCallerDoesNotTake() {
        callee.register("a.p");
        TestClient plain = announcing("progressive_call_results", "call_canceling");
        plain.request(CALL, dict("receive_progress", true), "a.p");
        Object invocation = callee.expect(INVOCATION).get(1);
        callee.say(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        assertEquals("wamp.error.feature_not_supported", plain.expectError());
        assertEquals(List.of(69L, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
    }

    @Test
    void aCalleeThatCannotBeInterruptedIsNot() {
        TestClient some = announcing("progressive_call_results", "payload_passthru_mode");
        some.register("a.p");
        TestClient plain = announcing("progressive_call_results");
        plain.request(CALL, dict("receive_progress", true), "a.p");
        Object invocation = some.expect(INVOCATION).get(1);
        some.say(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        assertEquals("wamp.error.feature_not_supported", plain.expectError());
        some.expectNothing();
    }
}
