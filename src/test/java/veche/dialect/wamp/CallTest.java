package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CANCEL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.WELCOME;
import static veche.testing.MessageType.YIELD;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the advanced profile adds to calls. */
class CallTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient callee = realm.join();
    private final TestClient caller = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    /** A client that can nothing beyond the basic profile. */
    private TestClient plain() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "veche", dict("roles", dict("caller", dict(), "callee", dict())));
        client.session = (Long) client.expect(WELCOME).get(1);
        return client;
    }

    private static long invocation(TestClient callee) {
        return (Long) callee.expect(INVOCATION).get(1);
    }

    @Test
    void aCallerThatAsksForItHearsPartsOfTheResult() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("receive_progress", true), "a.p");
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(dict("receive_progress", true), invocation.get(3));
        callee.say(YIELD, invocation.get(1), dict("progress", true), List.of(1L));
        callee.say(YIELD, invocation.get(1), dict("progress", true), List.of(2L));
        callee.say(YIELD, invocation.get(1), dict(), List.of(3L));
        assertEquals(List.of(50L, call, dict("progress", true), List.of(1L)), caller.expect(RESULT));
        assertEquals(List.of(50L, call, dict("progress", true), List.of(2L)), caller.expect(RESULT));
        assertEquals(List.of(50L, call, dict(), List.of(3L)), caller.expect(RESULT));
    }

    @Test
    void aCallerThatDoesNotAskHearsTheFinalResultOnly() {
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        callee.say(YIELD, invocation, dict("progress", true), List.of(1L));
        callee.say(YIELD, invocation, dict(), List.of(2L));
        assertEquals(List.of(2L), caller.expect(RESULT).get(3));
    }

    @Test
    void thePartsOfAProgressiveCallReachTheSameInvocation() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("progress", true), "a.p", List.of(1L));
        caller.say(CALL, call, dict("progress", true), "a.p", List.of(2L));
        caller.say(CALL, call, dict(), "a.p", List.of(3L));
        List<Object> first = callee.expect(INVOCATION);
        assertEquals(dict("progress", true), first.get(3));
        List<Object> second = callee.expect(INVOCATION);
        assertEquals(first.get(1), second.get(1));
        List<Object> third = callee.expect(INVOCATION);
        assertEquals(List.of(first.get(1), dict(), List.of(3L)), List.of(third.get(1), third.get(3), third.get(4)));
        callee.say(YIELD, first.get(1), dict(), List.of(6L));
        assertEquals(call, caller.expect(RESULT).get(1));
        caller.expectNothing();
    }

    @Test
    void partsThatComeAfterTheAnswerAreDropped() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("progress", true), "a.p");
        callee.say(ERROR, 68, invocation(callee), dict(), "a.error");
        caller.expect(ERROR);
        caller.say(CALL, call, dict("progress", true), "a.p");
        caller.say(CALL, call, dict(), "a.p");
        caller.expectNothing();
        callee.expectNothing();
    }

    @Test
    void aProgressiveCallToACalleeThatCannotIsRefused() {
        plain().register("a.p");
        caller.request(CALL, dict("progress", true), "a.p");
        assertEquals("wamp.error.feature_not_supported", caller.expectError());
    }

    @Test
    void aProgressiveCallByACallerThatDidNotAnnounceItIsAViolation() {
        callee.register("a.p");
        TestClient plain = plain();
        plain.request(CALL, dict("progress", true), "a.p");
        assertEquals("wamp.error.protocol_violation", plain.expect(ABORT).get(2));
    }

    @Test
    void skipAnswersAtOnceAndLeavesTheCalleeAlone() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.say(CANCEL, call, dict("mode", "skip"));
        assertEquals("wamp.error.canceled", caller.expectError());
        callee.say(YIELD, invocation, dict());
        callee.expectNothing();
        caller.expectNothing();
    }

    @Test
    void killWaitsForTheCalleesAnswer() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.say(CANCEL, call, dict("mode", "kill"));
        assertEquals(List.of(69L, invocation, dict("mode", "kill")), callee.expect(INTERRUPT));
        assertEquals(0, caller.unread());
        callee.say(ERROR, 68, invocation, dict(), "wamp.error.canceled");
        assertEquals("wamp.error.canceled", caller.expectError());
    }

    @Test
    void killNoWaitAnswersAtOnceAndInterrupts() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.say(CANCEL, call, dict("mode", "killnowait"));
        assertEquals("wamp.error.canceled", caller.expectError());
        assertEquals(List.of(69L, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.say(ERROR, 68, invocation, dict(), "wamp.error.canceled");
        callee.expectNothing();
        caller.expectNothing();
    }

    @Test
    void killOfACalleeThatCannotBeInterruptedSkips() {
        TestClient plain = plain();
        plain.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        plain.expect(INVOCATION);
        caller.say(CANCEL, call, dict("mode", "kill"));
        assertEquals("wamp.error.canceled", caller.expectError());
        plain.expectNothing();
    }

    @Test
    void cancelingWhatIsOverIsIgnored() {
        caller.say(CANCEL, 1, dict());
        caller.expectNothing();
    }

    @Test
    void anUnknownCancelModeIsAnError() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        caller.say(CANCEL, call, dict("mode", "softly"));
        assertEquals(List.of(8L, 49L, call), caller.expect(ERROR).subList(0, 3));
    }

    @Test
    void aCallThatTakesTooLongTimesOut() {
        callee.register("a.p");
        caller.request(CALL, dict("timeout", 20L), "a.p");
        long invocation = invocation(callee);
        assertEquals("wamp.error.timeout", caller.expectError());
        assertEquals(List.of(69L, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
    }

    @Test
    void aTimeoutIsForwardedToACalleeThatKeepsItItself() {
        callee.register("a.p", "forward_timeout", true);
        caller.request(CALL, dict("timeout", 5000L), "a.p");
        assertEquals(dict("timeout", 5000L), callee.expect(INVOCATION).get(3));
    }

    @Test
    void aCallerThatDisclosesItselfIsKnownToTheCallee() {
        callee.register("a.p");
        caller.request(CALL, dict("disclose_me", true), "a.p");
        Map<?, ?> details = (Map<?, ?>) callee.expect(INVOCATION).get(3);
        assertEquals(
                dict("caller", caller.session, "caller_authid", "guest:2", "caller_authrole", "anonymous"), details);
        caller.request(CALL, dict(), "a.p");
        assertEquals(dict(), callee.expect(INVOCATION).get(3));
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c, exact",
        "a.b.d, longer prefix",
        "a.x.y, shorter prefix",
        "b.1.c, left literal wildcard",
        "1.2.c, right literal wildcard"
    })
    void theBestMatchAnswers(String procedure, String expected) {
        Map<Object, String> names = Map.of(
                callee.register("a.b.c"), "exact",
                callee.register("a.", "match", "prefix"), "shorter prefix",
                callee.register("a.b", "match", "prefix"), "longer prefix",
                callee.register("..c", "match", "wildcard"), "right literal wildcard",
                callee.register("b..", "match", "wildcard"), "left literal wildcard",
                callee.register("b..c.d", "match", "wildcard"), "never");
        caller.request(CALL, dict(), procedure);
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(expected, names.get(invocation.get(2)));
        Map<?, ?> details = (Map<?, ?>) invocation.get(3);
        assertEquals(expected.equals("exact") ? null : procedure, details.get("procedure"));
    }

    @ParameterizedTest
    @CsvSource({"first, 0 0 0 0", "last, 2 2 2 2", "roundrobin, 0 1 2 0"})
    void aSharedRegistrationIsAnsweredByWhomThePolicyNames(String policy, String expected) {
        List<TestClient> callees = List.of(callee, realm.join(), realm.join());
        callees.forEach(one -> one.register("a.p", "invoke", policy));
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            caller.request(CALL, dict(), "a.p");
            for (int j = 0; j < 3; j++) {
                if (callees.get(j).unread() > 0) {
                    callees.get(j).expect(INVOCATION);
                    answered.add(String.valueOf(j));
                }
            }
        }
        assertEquals(expected, String.join(" ", answered));
    }

    @Test
    void aRandomSharedRegistrationIsAnsweredByAll() {
        List<TestClient> callees = List.of(callee, realm.join(), realm.join());
        callees.forEach(one -> one.register("a.p", "invoke", "random"));
        Set<TestClient> answered = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            caller.request(CALL, dict(), "a.p");
            callees.stream().filter(one -> one.unread() > 0).forEach(one -> {
                one.expect(INVOCATION);
                answered.add(one);
            });
        }
        assertEquals(3, answered.size());
    }

    @Test
    void aSharedRegistrationKeepsItsPolicyAndLivesUntilTheLastLeaves() {
        TestClient other = realm.join();
        long registration = callee.register("a.p", "invoke", "first");
        assertEquals(registration, other.register("a.p", "invoke", "first"));
        caller.request(REGISTER, dict("invoke", "last"), "a.p");
        assertEquals("wamp.error.procedure_exists_with_different_invocation_policy", caller.expectError());
        callee.vanish();
        caller.request(CALL, dict(), "a.p");
        other.expect(INVOCATION);
    }

    @Test
    void anUnknownPolicyIsAnError() {
        callee.request(REGISTER, dict("invoke", "whoever"), "a.p");
        assertEquals("wamp.error.invalid_argument", callee.expectError());
        callee.request(REGISTER, dict("match", "fuzzy"), "a.p");
        assertEquals("wamp.error.protocol_violation", callee.expect(ABORT).get(2));
    }

    @Test
    void aPayloadInPassthruModeGoesThroughWithItsAttributes() {
        callee.register("a.p");
        Map<String, Object> ppt = dict("ppt_scheme", "x_mine", "ppt_serializer", "cbor");
        java.nio.ByteBuffer opaque = java.nio.ByteBuffer.wrap(new byte[] {1, 2});
        caller.request(CALL, ppt, "a.p", List.of(opaque));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(ppt, List.of(opaque)), invocation.subList(3, 5));
        callee.say(YIELD, invocation.get(1), ppt, List.of(opaque));
        assertEquals(List.of(ppt, List.of(opaque)), caller.expect(RESULT).subList(2, 4));
    }

    @Test
    void passthruNeedsAllThree() {
        callee.register("a.p");
        TestClient plain = plain();
        plain.register("a.q");
        caller.request(CALL, dict("ppt_scheme", "x_mine"), "a.q", List.of("x"));
        assertEquals("wamp.error.feature_not_supported", caller.expectError());
        plain.request(CALL, dict("ppt_scheme", "x_mine"), "a.p", List.of("x"));
        assertEquals("wamp.error.protocol_violation", plain.expect(ABORT).get(2));
    }

    @Test
    void aCalleeWithTooMuchToDoIsLeftAlone() {
        WampSettings standard = WampSettings.DEFAULT;
        veche.dialect.wamp.router.RouterLimits limits = new veche.dialect.wamp.router.RouterLimits(
                9, 9, 9, 3, 9, 9, 9, 1000, veche.dialect.wamp.router.RouterLimits.Retention.DEFAULT);
        WampSettings small = new WampSettings(
                "veche",
                false,
                false,
                standard.helloTimeout(),
                standard.goodbyeTimeout(),
                standard.administrators(),
                limits,
                standard.chat(),
                standard.reading());
        try (TestRealm tight = new TestRealm(small, List.of(new veche.dialect.wamp.auth.Anonymous()))) {
            TestClient slow = tight.join();
            slow.register("a.p");
            TestClient one = tight.join();
            for (int i = 0; i < 3; i++) {
                one.request(CALL, dict(), "a.p");
            }
            one.request(CALL, dict(), "a.p");
            assertEquals("veche.error.limit_reached", one.expectError());
            TestClient two = tight.join();
            two.request(CALL, dict(), "a.p");
            assertEquals("wamp.error.unavailable", two.expectError());
            assertTrue(slow.unread() == 3);
        }
    }
}
