package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.auth.Anonymous;

/** Remote procedure calls in the basic profile. */
class DealerTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void aCallIsForwardedToTheCalleeAndItsResultToTheCaller() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        long registration = callee.register("com.example.add");
        long call = caller.request(CALL, dict(), "com.example.add", List.of(2L, 3L), dict("unit", "m"));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(message(INVOCATION, 1L, registration, dict(), List.of(2L, 3L), dict("unit", "m")), invocation);
        callee.sendMessage(YIELD, 1L, dict(), List.of(5L), dict("unit", "m"));
        assertEquals(message(RESULT, call, dict(), List.of(5L), dict("unit", "m")), caller.expect(RESULT));
    }

    @Test
    void invocationIdsAreSequentialPerCallee() {
        TestClient callee = realm.join();
        callee.register("a.p");
        for (long id = 1; id <= 5; id++) {
            realm.join().request(CALL, dict(), "a.p");
            assertEquals(id, callee.expect(INVOCATION).get(1));
        }
    }

    @Test
    void anErrorOfTheCalleeIsForwardedToTheCaller() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.sendMessage(ERROR, INVOCATION, invocation, dict(), "com.example.error", List.of("no"), dict("why", 1L));
        assertEquals(
                message(ERROR, CALL, call, dict(), "com.example.error", List.of("no"), dict("why", 1L)),
                caller.expect(ERROR));
    }

    @Test
    void callingAnUnregisteredProcedureIsAnError() {
        TestClient caller = realm.join();
        caller.request(CALL, dict(), "com.example.none");
        assertEquals("wamp.error.no_such_procedure", caller.expectError());
    }

    @Test
    void registeringAProcedureTwiceIsAnError() {
        TestClient callee = realm.join();
        callee.register("a.p");
        callee.request(REGISTER, dict(), "a.p");
        assertEquals("wamp.error.procedure_already_exists", callee.expectError());
        TestClient other = realm.join();
        other.request(REGISTER, dict(), "a.p");
        assertEquals("wamp.error.procedure_already_exists", other.expectError());
    }

    @Test
    void aProcedureCanBeRegisteredAgainAfterUnregistered() {
        TestClient callee = realm.join();
        long registration = callee.register("a.p");
        callee.request(UNREGISTER, registration);
        callee.expect(UNREGISTERED);
        realm.join().register("a.p");
        callee.request(UNREGISTER, registration);
        assertEquals("wamp.error.no_such_registration", callee.expectError());
    }

    @Test
    void pendingCallsFailWhenTheCalleeDisconnects() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        callee.expect(INVOCATION);
        callee.disconnect();
        List<Object> error = caller.expect(ERROR);
        assertEquals(message(ERROR, CALL, call), error.subList(0, 3));
        assertEquals("wamp.error.canceled", error.get(4));
    }

    @Test
    void aCallerThatDisconnectsInterruptsTheCalleeAndTheLateYieldIsDropped() {
        TestClient callee = realm.join();
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        caller.disconnect();
        assertEquals(message(INTERRUPT, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.sendMessage(YIELD, invocation, dict());
        callee.expectNothing();
    }

    @Test
    void yieldForAnUnknownInvocationIsAProtocolViolation() {
        TestClient callee = realm.join();
        callee.register("a.p");
        callee.sendMessage(YIELD, 1, dict());
        callee.expectProtocolViolation();
    }

    @Test
    void aSlowCalleeDoesNotDelayAnother() {
        TestClient slow = realm.join();
        TestClient quick = realm.join();
        TestClient caller = realm.join();
        slow.register("a.slow");
        quick.register("a.quick");
        long slowCall = caller.request(CALL, dict(), "a.slow");
        long quickCall = caller.request(CALL, dict(), "a.quick");
        quick.sendMessage(YIELD, (Long) quick.expect(INVOCATION).get(1), dict());
        assertEquals(quickCall, caller.expect(RESULT).get(1));
        slow.sendMessage(YIELD, (Long) slow.expect(INVOCATION).get(1), dict());
        assertEquals(slowCall, caller.expect(RESULT).get(1));
    }

    @Test
    void pendingInvocationsOfACalleeAreLimited() {
        WampSettings standard = WampSettings.DEFAULT;
        RouterLimits limits = new RouterLimits(9, 9, 9, 3, 9, 9, 9, 9, 1000, RouterLimits.Retention.DEFAULT);
        WampSettings small = new WampSettings(
                "veche",
                false,
                false,
                standard.helloTimeout(),
                standard.goodbyeTimeout(),
                standard.administrators(),
                TestRealm.EVERY_ACTION,
                limits,
                standard.chat(),
                standard.reading(),
                standard.authorizer());
        try (TestRealm tight = new TestRealm(small, List.of(new Anonymous()))) {
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
            assertEquals(3, slow.unread());
        }
    }
}
