package veche.dialect.wamp.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CANCEL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.auth.Anonymous;

/** Request IDs: any ID that is not pending by default, sequential ones if configured. */
class RequestIdsTest {
    private static final WampSettings STANDARD = WampSettings.DEFAULT;

    private static final WampSettings STRICT = new WampSettings(
            STANDARD.realm(),
            STANDARD.strictUris(),
            true,
            STANDARD.helloTimeout(),
            STANDARD.goodbyeTimeout(),
            STANDARD.administrators(),
            TestRealm.EVERY_ACTION,
            STANDARD.limits(),
            STANDARD.chat(),
            STANDARD.reading(),
            STANDARD.authorizer());

    private final TestRealm realm = new TestRealm();
    private final TestRealm strictRealm = new TestRealm(STRICT, List.of(new Anonymous()));
    private final TestClient client = realm.join();
    private final TestClient strict = strictRealm.join();

    @AfterEach
    void close() {
        realm.close();
        strictRealm.close();
    }

    private static void assertAborted(TestClient client, String message) {
        assertEquals(
                List.of(dict("message", message), "wamp.error.protocol_violation"),
                client.expect(ABORT).subList(1, 3));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closeCode());
    }

    @Test
    void aRequestMayUseAnyIdThatIsNotPending() {
        client.sendMessage(PUBLISH, 12345, dict("acknowledge", true), "a.b");
        assertEquals(12345L, client.expect(PUBLISHED).get(1));
        client.sendMessage(SUBSCRIBE, 1L << 53, dict(), "a.b");
        assertEquals(1L << 53, client.expect(SUBSCRIBED).get(1));
        client.sendMessage(REGISTER, 9, dict(), "a.p");
        long registration = (Long) client.expect(REGISTERED).get(2);
        client.sendMessage(CALL, 5, dict(), "wamp.session.count");
        assertEquals(5L, client.expect(RESULT).get(1));
        client.sendMessage(UNREGISTER, 2, registration);
        assertEquals(2L, client.expect(UNREGISTERED).get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void anIdMayBeReusedOnceItsRequestIsAnswered(String subprotocol) {
        TestClient again = realm.join(subprotocol);
        for (int i = 0; i < 2; i++) {
            again.sendMessage(PUBLISH, 7, dict("acknowledge", true), "veche.room.ids", List.of("x"));
            again.expect(PUBLISHED);
            again.sendMessage(CALL, 7, dict(), "no.such");
            again.expectError();
            again.sendMessage(PUBLISH, 7, dict(), "a.b");
        }
    }

    @Test
    void aPendingIdIsAProtocolViolation() {
        client.sendMessage(REGISTER, 1, dict(), "a.p");
        client.expect(REGISTERED);
        TestClient caller = realm.join();
        caller.sendMessage(CALL, 77, dict(), "a.p");
        client.expect(INVOCATION);
        caller.sendMessage(PUBLISH, 77, dict(), "a.b");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void aCallWithProgressiveResultsIsPendingUntilTheFinalResult() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.sendMessage(CALL, 77, dict("receive_progress", true), "a.p");
        Object invocation = client.expect(INVOCATION).get(1);
        client.sendMessage(YIELD, invocation, dict("progress", true), List.of(1));
        caller.expect(RESULT);
        caller.sendMessage(SUBSCRIBE, 77, dict(), "a.b");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void aCallWhoseCancellationIsRejectedIsStillPending() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.sendMessage(CALL, 77, dict(), "a.p");
        client.expect(INVOCATION);
        caller.sendMessage(CANCEL, 77, dict("mode", "gently"));
        assertEquals(message(ERROR, CANCEL, 77L), caller.expect(ERROR).subList(0, 3));
        caller.sendMessage(CALL, 77, dict(), "a.p");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void strictIdsAreSequential() {
        strict.sendMessage(SUBSCRIBE, 1, dict(), "a.b");
        strict.expect(SUBSCRIBED);
        strict.sendMessage(SUBSCRIBE, 2, dict(), "a.c");
        strict.expect(SUBSCRIBED);
        strict.sendMessage(SUBSCRIBE, 2, dict(), "a.d");
        assertAborted(strict, "Request id 2 instead of 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 12345, 1L << 53})
    void strictIdsStartAtOne(long request) {
        strict.sendMessage(PUBLISH, request, dict(), "a.b");
        assertAborted(strict, "Request id " + request + " instead of 1");
    }

    @Test
    void aPartOfACallThatNamesAnotherProcedureIsDiscarded() {
        client.register("a.p");
        client.register("a.q");
        TestClient caller = realm.join();
        caller.sendMessage(CALL, 77, dict("progress", true), "a.p", List.of(1L));
        client.expect(INVOCATION);
        caller.sendMessage(CALL, 77, dict(), "a.q", List.of(2L));
        caller.sendMessage(CALL, 77, dict(), "a.p", List.of(3L));
        assertEquals(List.of(3L), client.expect(INVOCATION).get(4));
    }

    @Test
    void aPartOfACallThatNamesAnotherProcedureIsAProtocolViolationWithStrictIds() {
        TestClient callee = strictRealm.join();
        callee.register("a.p");
        strict.sendMessage(CALL, 1, dict("progress", true), "a.p");
        callee.expect(INVOCATION);
        strict.sendMessage(CALL, 1, dict(), "a.q");
        assertAborted(strict, "Call 1 continues with another procedure");
    }

    @Test
    void aLatePartOfACallThatHasEndedIsDiscarded() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.sendMessage(CALL, 77, dict("progress", true), "a.p");
        Object invocation = client.expect(INVOCATION).get(1);
        client.sendMessage(YIELD, invocation, dict());
        caller.expect(RESULT);
        caller.sendMessage(CALL, 77, dict("progress", true), "a.p");
        caller.sendMessage(CALL, 77, dict(), "a.p");
        client.expectNothing();
        caller.expectNothing();
    }
}
