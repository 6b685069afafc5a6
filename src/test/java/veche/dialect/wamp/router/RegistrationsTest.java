package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.REGISTER;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Pattern-based and shared registrations (advanced profile). */
class RegistrationsTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient callee = realm.join();
    private final TestClient caller = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c, exact",
        "a.b.d, longer prefix",
        "a.x.y, shorter prefix",
        "b.1.c, left literal wildcard",
        "1.2.c, right literal wildcard"
    })
    void theBestMatchingRegistrationIsInvoked(String procedure, String expected) {
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
    void theInvocationPolicySelectsTheCallee(String policy, String expected) {
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
    void theRandomPolicyUsesEveryCallee() {
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
    void aSharedRegistrationKeepsItsPolicyAndEndsWithItsLastCallee() {
        TestClient other = realm.join();
        long registration = callee.register("a.p", "invoke", "first");
        assertEquals(registration, other.register("a.p", "invoke", "first"));
        caller.request(REGISTER, dict("invoke", "last"), "a.p");
        assertEquals("wamp.error.procedure_exists_with_different_invocation_policy", caller.expectError());
        callee.disconnect();
        caller.request(CALL, dict(), "a.p");
        other.expect(INVOCATION);
    }

    @Test
    void anUnknownInvocationPolicyIsAnError() {
        callee.request(REGISTER, dict("invoke", "unknown"), "a.p");
        assertEquals("wamp.error.invalid_argument", callee.expectError());
        callee.request(REGISTER, dict("match", "fuzzy"), "a.p");
        assertEquals("wamp.error.protocol_violation", callee.expect(ABORT).get(2));
    }
}
