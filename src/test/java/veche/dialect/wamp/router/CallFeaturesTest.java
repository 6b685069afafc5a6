package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.YIELD;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Which options of a call the dealer forwards, depending on the features that caller and callee announced. */
class CallFeaturesTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient callee = realm.join();
    private final TestClient caller = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "progressive_call_results, true",
        "call_canceling, false",
        "progressive_call_results call_canceling, true"
    })
    void progressIsRequestedOnlyFromCalleesThatAnnouncedIt(String features, boolean forwarded) {
        TestClient limited = realm.joinAnnouncing(features.split(" "));
        limited.register("a.p");
        caller.request(CALL, dict("receive_progress", true), "a.p");
        List<Object> invocation = limited.expect(INVOCATION);
        assertEquals(forwarded ? dict("receive_progress", true) : dict(), invocation.get(3));
        limited.sendMessage(YIELD, invocation.get(1), dict(), List.of(1L));
        assertEquals(List.of(dict(), List.of(1L)), caller.expect(RESULT).subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "progressive_call_invocations, false",
        "call_canceling, false",
        "progressive_call_invocations call_canceling, true",
        "progressive_call_invocations call_cancelling, true"
    })
    void progressiveCallsAreForwardedOnlyToCalleesThatAnnouncedThemAndCanceling(String features, boolean accepted) {
        TestClient limited = realm.joinAnnouncing(features.split(" "));
        limited.register("a.p");
        caller.request(CALL, dict("progress", true), "a.p");
        if (accepted) {
            assertEquals(dict("progress", true), limited.expect(INVOCATION).get(3));
        } else {
            assertEquals("wamp.error.feature_not_supported", caller.expectError());
        }
    }

    @Test
    void aCalleeThatRegistersWithDiscloseCallerReceivesEveryCaller() {
        callee.register("a.p", "disclose_caller", true);
        caller.request(CALL, dict(), "a.p");
        assertEquals(
                dict("caller", caller.session, "caller_authid", "guest:2", "caller_authrole", "anonymous"),
                callee.expect(INVOCATION).get(3));
    }

    @Test
    void onlyCalleesWithDiscloseCallerOfASharedRegistrationReceiveTheCaller() {
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
    void anUnannouncedProgressiveCallIsAProtocolViolationForAnyProcedure(String procedure) {
        callee.register("a.p");
        TestClient other = realm.joinAnnouncing();
        other.request(CALL, dict("progress", true), procedure);
        assertEquals("wamp.error.protocol_violation", other.expect(ABORT).get(2));
    }

    @Test
    void anEmptySchemeIsNotPassthruMode() {
        callee.register("a.p");
        TestClient other = realm.joinAnnouncing();
        other.request(CALL, dict("ppt_scheme", "", "ppt_keyid", "k"), "a.p", List.of("x"));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(dict(), List.of("x")), invocation.subList(3, 5));
        callee.sendMessage(YIELD, invocation.get(1), dict("ppt_scheme", ""), List.of("y"));
        assertEquals(List.of(dict(), List.of("y")), other.expect(RESULT).subList(2, 4));
        other.request(PUBLISH, dict("acknowledge", true, "ppt_scheme", ""), "a.b");
        other.expect(PUBLISHED);
    }

    @Test
    void anErrorOfACalleeThatIsNotAUriIsReplaced() {
        callee.register("a.p");
        List<String> answers = new ArrayList<>();
        for (String error : List.of("not a uri!", "", "a..b", "a.b")) {
            caller.request(CALL, dict(), "a.p");
            callee.sendMessage(ERROR, INVOCATION, callee.expect(INVOCATION).get(1), dict(), error);
            answers.add(caller.expectError());
        }
        String invalid = "wamp.error.invalid_uri";
        assertEquals(List.of(invalid, invalid, invalid, "a.b"), answers);
    }

    @Test
    void passthruProgressThatTheCallerDoesNotSupportInterruptsTheCallee() {
        callee.register("a.p");
        TestClient other = realm.joinAnnouncing("progressive_call_results", "call_canceling");
        other.request(CALL, dict("receive_progress", true), "a.p");
        Object invocation = callee.expect(INVOCATION).get(1);
        callee.sendMessage(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        assertEquals("wamp.error.feature_not_supported", other.expectError());
        assertEquals(message(INTERRUPT, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
    }

    @Test
    void aCalleeWithoutCancelingIsNotInterrupted() {
        TestClient limited = realm.joinAnnouncing("progressive_call_results", "payload_passthru_mode");
        limited.register("a.p");
        TestClient other = realm.joinAnnouncing("progressive_call_results");
        other.request(CALL, dict("receive_progress", true), "a.p");
        Object invocation = limited.expect(INVOCATION).get(1);
        limited.sendMessage(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        assertEquals("wamp.error.feature_not_supported", other.expectError());
        limited.expectNothing();
    }

    @Test
    void aCallerThatDisclosesItselfIsIdentifiedToTheCallee() {
        callee.register("a.p");
        caller.request(CALL, dict("disclose_me", true), "a.p");
        Map<?, ?> details = (Map<?, ?>) callee.expect(INVOCATION).get(3);
        assertEquals(
                dict("caller", caller.session, "caller_authid", "guest:2", "caller_authrole", "anonymous"), details);
        caller.request(CALL, dict(), "a.p");
        assertEquals(dict(), callee.expect(INVOCATION).get(3));
    }

    @Test
    void aPassthruPayloadIsForwardedWithItsAttributes() {
        callee.register("a.p");
        Map<String, Object> ppt = dict("ppt_scheme", "x_mine", "ppt_serializer", "cbor");
        ByteBuffer opaque = ByteBuffer.wrap(new byte[] {1, 2});
        caller.request(CALL, ppt, "a.p", List.of(opaque));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(ppt, List.of(opaque)), invocation.subList(3, 5));
        callee.sendMessage(YIELD, invocation.get(1), ppt, List.of(opaque));
        assertEquals(List.of(ppt, List.of(opaque)), caller.expect(RESULT).subList(2, 4));
    }

    @Test
    void passthruRequiresTheFeatureOfCallerAndCallee() {
        callee.register("a.p");
        TestClient basic = realm.joinBasic();
        basic.register("a.q");
        caller.request(CALL, dict("ppt_scheme", "x_mine"), "a.q", List.of("x"));
        assertEquals("wamp.error.feature_not_supported", caller.expectError());
        basic.request(CALL, dict("ppt_scheme", "x_mine"), "a.p", List.of("x"));
        assertEquals("wamp.error.protocol_violation", basic.expect(ABORT).get(2));
    }
}
