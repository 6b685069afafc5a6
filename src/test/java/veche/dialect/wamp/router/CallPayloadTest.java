package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.Messages.json;
import static veche.dialect.wamp.Messages.message;
import static veche.dialect.wamp.router.PayloadFrames.EXTENSION;
import static veche.dialect.wamp.router.PayloadFrames.TIMESTAMP;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_WELCOME;
import static veche.testing.MessageType.YIELD;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Payloads of calls, results and errors between clients of the same serialization and of different ones. */
class CallPayloadTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    /** CALL with one argument. */
    private static Frame call(int request, String procedure, String argument) {
        String uri = HexFormat.of().formatHex(procedure.getBytes());
        return hex("9530%02x80%02x".formatted(request, 0xa0 + procedure.length()) + uri + "91" + argument);
    }

    /** YIELD with one argument. */
    private static Frame result(long invocation, String argument) {
        return hex("9446%02x8091".formatted(invocation) + argument);
    }

    /** YIELD with one argument and the option {@code progress}. */
    private static Frame progress(long invocation, String argument) {
        return hex("9446%02x81a870726f6772657373c391".formatted(invocation) + argument);
    }

    @Test
    void anUnmappableProgressiveResultInterruptsTheCallee() {
        TestClient callee = realm.join("wamp.2.msgpack");
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict("receive_progress", true), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.sendFrame(progress(invocation, EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        assertEquals(message(INTERRUPT, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.sendMessage(YIELD, invocation, dict(), List.of("late"));
        caller.expectNothing();
    }

    @Test
    void unrequestedProgressIsDroppedEvenIfUnmappable() {
        TestClient callee = realm.join("wamp.2.msgpack");
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.sendFrame(progress(invocation, EXTENSION));
        callee.sendMessage(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        callee.sendMessage(YIELD, invocation, dict(), List.of("done"));
        assertEquals(List.of("done"), caller.expect(RESULT).get(3));
        callee.expectNothing();
    }

    @Test
    void version1ReceivesMappedResultsAndAnErrorForUnmappableOnes() {
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("a.p");
        TestClient caller = realm.connect("wamp");
        caller.expect(V1_WELCOME);
        caller.sendFrame(json(V1_CALL, "\"1\",\"a.p\""));
        callee.sendFrame(result((Long) callee.expect(INVOCATION).get(1), "8107" + TIMESTAMP));
        assertEquals(
                List.of(Map.of("7", "1970-01-01T00:00:01Z")),
                caller.expect(V1_CALLRESULT).subList(2, 3));
        caller.sendFrame(json(V1_CALL, "\"2\",\"a.p\""));
        callee.sendFrame(result((Long) callee.expect(INVOCATION).get(1), EXTENSION));
        assertEquals(
                "http://api.wamp.ws/error#invalid-argument",
                caller.expect(V1_CALLERROR).get(2));
    }

    @Test
    void aCallThatTheCalleeCannotReceiveIsAnError() {
        TestClient caller = realm.join("wamp.2.msgpack");
        TestClient callee = realm.join();
        callee.register("a.p");
        caller.sendFrame(call(1, "a.p", EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        callee.expectNothing();
    }

    @Test
    void aResultThatTheCallerCannotReceiveIsAnErrorAndTheCalleeContinues() {
        TestClient caller = realm.join();
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.sendFrame(result(invocation, EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        caller.request(CALL, dict(), "a.p");
        long second = (Long) callee.expect(INVOCATION).get(1);
        // ERROR of type INVOCATION with the error a.b.
        callee.sendFrame(hex("960844%02x80a3612e6291".formatted(second) + EXTENSION));
        List<Object> error = caller.expect(ERROR);
        assertEquals("a.b", error.get(4));
        callee.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {EXTENSION, "8101c3"})
    void aServerProcedureRejectsAnUnmappableArgument(String argument) {
        TestClient caller = realm.join("wamp.2.msgpack");
        caller.sendFrame(call(1, "wamp.session.get", argument));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        caller.expectNothing();
    }
}
