package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Progressive call results and progressive call invocations (advanced profile). */
class ProgressiveCallTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient callee = realm.join();
    private final TestClient caller = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    private static long invocation(TestClient callee) {
        return (Long) callee.expect(INVOCATION).get(1);
    }

    @Test
    void aCallerThatRequestsProgressReceivesProgressiveResults() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("receive_progress", true), "a.p");
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(dict("receive_progress", true), invocation.get(3));
        callee.sendMessage(YIELD, invocation.get(1), dict("progress", true), List.of(1L));
        callee.sendMessage(YIELD, invocation.get(1), dict("progress", true), List.of(2L));
        callee.sendMessage(YIELD, invocation.get(1), dict(), List.of(3L));
        assertEquals(message(RESULT, call, dict("progress", true), List.of(1L)), caller.expect(RESULT));
        assertEquals(message(RESULT, call, dict("progress", true), List.of(2L)), caller.expect(RESULT));
        assertEquals(message(RESULT, call, dict(), List.of(3L)), caller.expect(RESULT));
    }

    @Test
    void aCallerThatDoesNotRequestProgressReceivesOnlyTheFinalResult() {
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        callee.sendMessage(YIELD, invocation, dict("progress", true), List.of(1L));
        callee.sendMessage(YIELD, invocation, dict(), List.of(2L));
        assertEquals(List.of(2L), caller.expect(RESULT).get(3));
    }

    @Test
    void thePartsOfAProgressiveCallBelongToOneInvocation() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("progress", true), "a.p", List.of(1L));
        caller.sendMessage(CALL, call, dict("progress", true), "a.p", List.of(2L));
        caller.sendMessage(CALL, call, dict(), "a.p", List.of(3L));
        List<Object> first = callee.expect(INVOCATION);
        assertEquals(dict("progress", true), first.get(3));
        List<Object> second = callee.expect(INVOCATION);
        assertEquals(first.get(1), second.get(1));
        List<Object> third = callee.expect(INVOCATION);
        assertEquals(List.of(first.get(1), dict(), List.of(3L)), List.of(third.get(1), third.get(3), third.get(4)));
        callee.sendMessage(YIELD, first.get(1), dict(), List.of(6L));
        assertEquals(call, caller.expect(RESULT).get(1));
        caller.expectNothing();
    }

    @Test
    void partsThatArriveAfterTheAnswerAreDropped() {
        callee.register("a.p");
        long call = caller.request(CALL, dict("progress", true), "a.p");
        callee.sendMessage(ERROR, INVOCATION, invocation(callee), dict(), "a.error");
        caller.expect(ERROR);
        caller.sendMessage(CALL, call, dict("progress", true), "a.p");
        caller.sendMessage(CALL, call, dict(), "a.p");
        caller.expectNothing();
        callee.expectNothing();
    }

    @Test
    void aProgressiveCallToACalleeWithoutTheFeatureIsRejected() {
        realm.joinBasic().register("a.p");
        caller.request(CALL, dict("progress", true), "a.p");
        assertEquals("wamp.error.feature_not_supported", caller.expectError());
    }

    @Test
    void aProgressiveCallWithoutTheAnnouncedFeatureIsAProtocolViolation() {
        callee.register("a.p");
        TestClient basic = realm.joinBasic();
        basic.request(CALL, dict("progress", true), "a.p");
        assertEquals("wamp.error.protocol_violation", basic.expect(ABORT).get(2));
    }
}
