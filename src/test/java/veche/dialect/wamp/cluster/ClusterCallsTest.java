package veche.dialect.wamp.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CANCEL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.YIELD;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;

class ClusterCallsTest {
    private static final String PROCEDURE = "com.shop.price";

    private final MemoryCluster cluster = new MemoryCluster();
    private final MemoryCluster.Node here = cluster.start();
    private final MemoryCluster.Node there = cluster.start();
    private final TestClient caller = here.realm.join();
    private final TestClient callee = there.realm.join();

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Waits until a node has this number of callees of a procedure. */
    private static void awaitCallees(MemoryCluster.Node node, String procedure, int count) {
        TestClient observer = node.realm.join();
        await().until(() -> {
            Object registration = observer.call("wamp.registration.match", procedure);
            long found =
                    registration == null ? 0 : (Long) observer.call("wamp.registration.count_callees", registration);
            return found == count;
        });
    }

    private void register(Object... options) {
        callee.register(PROCEDURE, options);
        awaitCallees(here, PROCEDURE, 1);
    }

    private long invoked() {
        return (Long) callee.expect(INVOCATION).get(1);
    }

    @Test
    void aCallIsInvokedOnTheNodeOfTheCalleeAndAnswered() {
        register();
        caller.request(CALL, dict("disclose_me", true), PROCEDURE, List.of("tea"), dict("amount", 2));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(caller.session, ((Map<?, ?>) invocation.get(3)).get("caller"));
        assertEquals(List.of(List.of("tea"), Map.of("amount", 2L)), invocation.subList(4, 6));
        callee.sendMessage(YIELD, invocation.get(1), dict(), List.of(), dict("price", 7));
        assertEquals(Map.of("price", 7L), caller.expect(RESULT).get(4));
    }

    @Test
    void anErrorOfTheCalleeReachesTheCaller() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        callee.sendMessage(ERROR, INVOCATION, invoked(), dict(), "com.shop.sold_out", List.of("gone"));
        List<Object> error = caller.expect(ERROR);
        assertEquals(List.of("com.shop.sold_out", List.of("gone")), error.subList(4, 6));
    }

    @Test
    void progressiveResultsReachTheCallerInTheirOrder() {
        register();
        caller.request(CALL, dict("receive_progress", true), PROCEDURE);
        long invocation = invoked();
        for (int i = 0; i < 3; i++) {
            callee.sendMessage(YIELD, invocation, dict("progress", true), List.of(i));
        }
        callee.sendMessage(YIELD, invocation, dict(), List.of("end"));
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            results.add(caller.expect(RESULT).get(3));
        }
        assertEquals(List.of(List.of(0L), List.of(1L), List.of(2L), List.of("end")), results);
    }

    @Test
    void theFurtherPartsOfAProgressiveCallReachTheSameCallee() {
        register();
        long request = caller.request(CALL, dict("progress", true), PROCEDURE, List.of(1));
        long invocation = invoked();
        caller.sendMessage(CALL, request, dict(), PROCEDURE, List.of(2));
        List<Object> more = callee.expect(INVOCATION);
        assertEquals(List.of(invocation, List.of(2L)), List.of(more.get(1), more.get(4)));
        callee.sendMessage(YIELD, invocation, dict(), List.of("both"));
        assertEquals(List.of("both"), caller.expect(RESULT).get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "killnowait"})
    void cancelInterruptsTheCallee(String mode) {
        register();
        long request = caller.request(CALL, dict(), PROCEDURE);
        long invocation = invoked();
        caller.sendMessage(CANCEL, request, dict("mode", mode));
        List<Object> interrupt = callee.expect(INTERRUPT);
        assertEquals(List.of(invocation, Map.of("mode", mode)), interrupt.subList(1, 3));
        callee.sendMessage(ERROR, INVOCATION, invocation, dict(), "com.shop.stopped");
        assertEquals(mode.equals("kill") ? "com.shop.stopped" : "wamp.error.canceled", caller.expectError());
        callee.expectNothing();
    }

    @Test
    void aSkippedCallIsForgottenByTheNodeOfTheCallee() {
        register();
        long request = caller.request(CALL, dict(), PROCEDURE);
        long invocation = invoked();
        caller.sendMessage(CANCEL, request, dict("mode", "skip"));
        assertEquals("wamp.error.canceled", caller.expectError());
        callee.sendMessage(YIELD, invocation, dict(), List.of("late"));
        callee.expectNothing();
        caller.expectNothing();
    }

    @Test
    void aCalleeThatCannotBeInterruptedLetsACanceledCallEnd() {
        TestClient basic = there.realm.joinBasic();
        basic.register(PROCEDURE);
        awaitCallees(here, PROCEDURE, 1);
        long request = caller.request(CALL, dict(), PROCEDURE);
        basic.expect(INVOCATION);
        caller.sendMessage(CANCEL, request, dict("mode", "kill"));
        assertEquals("wamp.error.canceled", caller.expectError());
    }

    @Test
    void aTimeoutOfTheCallerInterruptsTheCallee() {
        register();
        caller.request(CALL, dict("timeout", 50), PROCEDURE);
        invoked();
        assertEquals("wamp.error.timeout", caller.expectError());
        assertEquals(Map.of("mode", "killnowait"), callee.expect(INTERRUPT).get(2));
    }

    @Test
    void aCallerThatLeavesInterruptsTheCallee() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        invoked();
        caller.disconnect();
        assertEquals(Map.of("mode", "killnowait"), callee.expect(INTERRUPT).get(2));
    }

    @Test
    void callsOfACalleeThatLeavesFail() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        invoked();
        callee.disconnect();
        assertEquals("wamp.error.canceled", caller.expectError());
        awaitCallees(here, PROCEDURE, 0);
        caller.request(CALL, dict(), PROCEDURE);
        assertEquals("wamp.error.no_such_procedure", caller.expectError());
    }

    @Test
    void callsOfTheCalleesOfALostNodeFailAtOnce() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        invoked();
        there.end();
        assertEquals("wamp.error.canceled", caller.expectError());
        awaitCallees(here, PROCEDURE, 0);
    }

    @Test
    void theCallsOfALostNodeAreInterrupted() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        invoked();
        here.end();
        assertEquals(Map.of("mode", "killnowait"), callee.expect(INTERRUPT).get(2));
    }

    @Test
    void aProcedureExistsOnceOverAllNodes() {
        register();
        caller.request(REGISTER, dict(), PROCEDURE);
        assertEquals("wamp.error.procedure_already_exists", caller.expectError());
        long registration = (Long) callee.call("wamp.registration.match", PROCEDURE);
        callee.request(UNREGISTER, registration);
        callee.expect(UNREGISTERED);
        caller.register(PROCEDURE);
        awaitCallees(here, PROCEDURE, 1);
        awaitCallees(there, PROCEDURE, 1);
    }

    @Test
    void aProcedureThatWasRegisteredAnewIsInvokedAtItsLatestCallee() {
        register();
        there.withhold();
        callee.request(UNREGISTER, callee.call("wamp.registration.match", PROCEDURE));
        callee.expect(UNREGISTERED);
        TestClient successor = here.realm.join();
        successor.register(PROCEDURE);
        caller.request(CALL, dict(), PROCEDURE);
        successor.expect(INVOCATION);
        there.deliver();
        awaitCallees(here, PROCEDURE, 1);
    }

    @Test
    void aCallOfACalleeThatHasUnregisteredFails() {
        register();
        there.withhold();
        callee.request(UNREGISTER, callee.call("wamp.registration.match", PROCEDURE));
        callee.expect(UNREGISTERED);
        caller.request(CALL, dict(), PROCEDURE);
        await().until(() -> {
            there.deliver();
            return caller.unread() > 0;
        });
        assertEquals("wamp.error.no_such_procedure", caller.expectError());
    }

    @Test
    void registrationsOfOneProcedureHaveOnePolicyOverAllNodes() {
        register("invoke", "roundrobin");
        caller.request(REGISTER, dict("invoke", "first"), PROCEDURE);
        assertEquals("wamp.error.procedure_exists_with_different_invocation_policy", caller.expectError());
    }

    @ParameterizedTest
    @CsvSource({"first, 0 0 0", "last, 2 2 2", "roundrobin, 0 1 2"})
    void theInvocationPolicyAppliesToTheCalleesOfAllNodes(String policy, String expected) {
        List<TestClient> callees = List.of(callee, here.realm.join(), there.realm.join());
        callees.forEach(one -> one.register(PROCEDURE, "invoke", policy));
        awaitCallees(here, PROCEDURE, 3);
        List<String> invoked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            caller.request(CALL, dict(), PROCEDURE);
            await().until(() -> callees.stream().anyMatch(one -> one.unread() > 0));
            for (int j = 0; j < 3; j++) {
                if (callees.get(j).unread() > 0) {
                    callees.get(j).expect(INVOCATION);
                    invoked.add(String.valueOf(j));
                }
            }
        }
        assertEquals(expected, String.join(" ", invoked));
    }

    @Test
    void aPatternIsInvokedWithTheProcedureThatWasCalled() {
        callee.register("com.shop", "match", "prefix");
        awaitCallees(here, PROCEDURE, 1);
        caller.request(CALL, dict(), PROCEDURE);
        assertEquals(PROCEDURE, ((Map<?, ?>) callee.expect(INVOCATION).get(3)).get("procedure"));
    }

    @Test
    void aNodeThatJoinsLearnsTheRegistrations() {
        register();
        MemoryCluster.Node late = cluster.start();
        awaitCallees(late, PROCEDURE, 1);
        TestClient lateCaller = late.realm.join();
        lateCaller.request(CALL, dict(), PROCEDURE);
        callee.sendMessage(YIELD, invoked(), dict(), List.of("price"));
        assertEquals(List.of("price"), lateCaller.expect(RESULT).get(3));
    }

    @Test
    void registrationsThatChangedWhileParcelsWereLostAreCorrected() {
        register();
        callee.register("com.shop.kept");
        awaitCallees(here, "com.shop.kept", 1);
        there.lose();
        callee.request(UNREGISTER, callee.call("wamp.registration.match", PROCEDURE));
        callee.expect(UNREGISTERED);
        callee.register("com.shop.new");
        there.recover();
        awaitCallees(here, "com.shop.new", 1);
        awaitCallees(here, PROCEDURE, 0);
        awaitCallees(here, "com.shop.kept", 1);
    }

    @Test
    void aCallWhoseResultWasLostFailsWhenParcelsArriveAgain() {
        register();
        caller.request(CALL, dict(), PROCEDURE);
        long invocation = invoked();
        there.lose();
        callee.sendMessage(YIELD, invocation, dict(), List.of("lost"));
        callee.expectNothing();
        there.recover();
        assertEquals("wamp.error.canceled", caller.expectError());
        caller.request(CALL, dict(), PROCEDURE);
        callee.sendMessage(YIELD, invoked(), dict(), List.of("again"));
        assertEquals(List.of("again"), caller.expect(RESULT).get(3));
    }

    @Test
    void aCallThatWasLostFailsWhenParcelsArriveAgain() {
        register();
        here.lose();
        caller.request(CALL, dict(), PROCEDURE);
        here.recover();
        assertEquals("wamp.error.canceled", caller.expectError());
        callee.expectNothing();
    }

    @Test
    void theMetaEventsOfRegistrationsArePublishedOnEachNode() {
        caller.subscribe("wamp.registration.on_register");
        register();
        List<Object> event = caller.expect(EVENT);
        assertEquals(callee.session, ((List<?>) event.get(4)).get(0));
    }

    @Test
    void aProcedureOfTheApplicationIsRegisteredOnEachNode() {
        here.realm
                .wamp
                .realm()
                .register("com.shop.local", args -> "here")
                .toCompletableFuture()
                .join();
        there.realm
                .wamp
                .realm()
                .register("com.shop.local", args -> "there")
                .toCompletableFuture()
                .join();
        assertEquals("here", caller.call("com.shop.local"));
        assertEquals("there", callee.call("com.shop.local"));
    }

    @Test
    void aCallWithAPayloadOfAnotherSerializationIsConverted() {
        register();
        TestClient binary = here.realm.join("wamp.2.msgpack");
        binary.request(CALL, dict(), PROCEDURE, List.of(1.5, "text", true));
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(1.5, "text", true), invocation.get(4));
        callee.sendMessage(YIELD, invocation.get(1), dict(), List.of(List.of(1, 2)));
        assertEquals(List.of(List.of(1L, 2L)), binary.expect(RESULT).get(3));
    }
}
