package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CANCEL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.YIELD;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Call canceling and call timeouts (advanced profile). */
class CallCancellationTest {
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
    void skipCancelsAtOnceWithoutInterruptingTheCallee() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.sendMessage(CANCEL, call, dict("mode", "skip"));
        assertEquals("wamp.error.canceled", caller.expectError());
        callee.sendMessage(YIELD, invocation, dict());
        callee.expectNothing();
        caller.expectNothing();
    }

    @Test
    void killWaitsForTheCalleesAnswer() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.sendMessage(CANCEL, call, dict("mode", "kill"));
        assertEquals(message(INTERRUPT, invocation, dict("mode", "kill")), callee.expect(INTERRUPT));
        assertEquals(0, caller.unread());
        callee.sendMessage(ERROR, INVOCATION, invocation, dict(), "wamp.error.canceled");
        assertEquals("wamp.error.canceled", caller.expectError());
    }

    @Test
    void killNoWaitCancelsAtOnceAndInterruptsTheCallee() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        long invocation = invocation(callee);
        caller.sendMessage(CANCEL, call, dict("mode", "killnowait"));
        assertEquals("wamp.error.canceled", caller.expectError());
        assertEquals(message(INTERRUPT, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.sendMessage(ERROR, INVOCATION, invocation, dict(), "wamp.error.canceled");
        callee.expectNothing();
        caller.expectNothing();
    }

    @Test
    void killOfACalleeWithoutCancelingIsSkip() {
        TestClient basic = realm.joinBasic();
        basic.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        basic.expect(INVOCATION);
        caller.sendMessage(CANCEL, call, dict("mode", "kill"));
        assertEquals("wamp.error.canceled", caller.expectError());
        basic.expectNothing();
    }

    @Test
    void cancelingAnUnknownCallIsIgnored() {
        caller.sendMessage(CANCEL, 1, dict());
        caller.expectNothing();
    }

    @Test
    void anUnknownCancelModeIsAnError() {
        callee.register("a.p");
        long call = caller.request(CALL, dict(), "a.p");
        caller.sendMessage(CANCEL, call, dict("mode", "softly"));
        assertEquals(message(ERROR, CANCEL, call), caller.expect(ERROR).subList(0, 3));
    }

    @Test
    void aCallTimesOutAndInterruptsTheCallee() {
        callee.register("a.p");
        caller.request(CALL, dict("timeout", 20L), "a.p");
        long invocation = invocation(callee);
        assertEquals("wamp.error.timeout", caller.expectError());
        assertEquals(message(INTERRUPT, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
    }

    @Test
    void aTimeoutIsForwardedToACalleeThatRequestsIt() {
        callee.register("a.p", "forward_timeout", true);
        caller.request(CALL, dict("timeout", 5000L), "a.p");
        assertEquals(dict("timeout", 5000L), callee.expect(INVOCATION).get(3));
    }
}
