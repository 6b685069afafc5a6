package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.TestClient.dict;
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
import veche.dialect.wamp.auth.Anonymous;

class RequestIdsTest {
    private static final WampSettings STANDARD = WampSettings.DEFAULT;
    private static final WampSettings STRICT = new WampSettings(
            STANDARD.realm(),
            STANDARD.strictUris(),
            true,
            STANDARD.helloTimeout(),
            STANDARD.goodbyeTimeout(),
            STANDARD.administrators(),
            STANDARD.limits(),
            STANDARD.chat(),
            STANDARD.reading());

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
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closed());
    }

    @Test
    void everyRequestMayHaveAnyIdThatIsNotPending() {
        client.say(PUBLISH, 12345, dict("acknowledge", true), "a.b");
        assertEquals(12345L, client.expect(PUBLISHED).get(1));
        client.say(SUBSCRIBE, 1L << 53, dict(), "a.b");
        assertEquals(1L << 53, client.expect(SUBSCRIBED).get(1));
        client.say(REGISTER, 9, dict(), "a.p");
        long registration = (Long) client.expect(REGISTERED).get(2);
        client.say(CALL, 5, dict(), "wamp.session.count");
        assertEquals(5L, client.expect(RESULT).get(1));
        client.say(UNREGISTER, 2, registration);
        assertEquals(2L, client.expect(UNREGISTERED).get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void anIdIsFreeAgainOnceItsRequestIsAnswered(String subprotocol) {
        TestClient again = realm.join(subprotocol);
        for (int i = 0; i < 2; i++) {
            again.say(PUBLISH, 7, dict("acknowledge", true), "veche.room.ids", List.of("x"));
            again.expect(PUBLISHED);
            again.say(CALL, 7, dict(), "no.such");
            again.expectError();
            again.say(PUBLISH, 7, dict(), "a.b");
        }
    }

    @Test
    void anIdThatIsPendingIsAViolation() {
        client.say(REGISTER, 1, dict(), "a.p");
        client.expect(REGISTERED);
        TestClient caller = realm.join();
        caller.say(CALL, 77, dict(), "a.p");
        client.expect(INVOCATION);
        caller.say(PUBLISH, 77, dict(), "a.b");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void aCallWithProgressiveResultsIsPendingUntilTheLast() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.say(CALL, 77, dict("receive_progress", true), "a.p");
        Object invocation = client.expect(INVOCATION).get(1);
        client.say(YIELD, invocation, dict("progress", true), List.of(1));
        caller.expect(RESULT);
        caller.say(SUBSCRIBE, 77, dict(), "a.b");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void aCallWhoseCancellationIsRefusedIsStillPending() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.say(CALL, 77, dict(), "a.p");
        client.expect(INVOCATION);
        caller.say(CANCEL, 77, dict("mode", "gently"));
        assertEquals(List.of(8L, 49L, 77L), caller.expect(ERROR).subList(0, 3));
        caller.say(CALL, 77, dict(), "a.p");
        assertAborted(caller, "Request id 77 is pending");
    }

    @Test
    void strictIdsCountUpByOneFromOne() {
        strict.say(SUBSCRIBE, 1, dict(), "a.b");
        strict.expect(SUBSCRIBED);
        strict.say(SUBSCRIBE, 2, dict(), "a.c");
        strict.expect(SUBSCRIBED);
        strict.say(SUBSCRIBE, 2, dict(), "a.d");
        assertAborted(strict, "Request id 2 instead of 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 12345, 1L << 53})
    void strictIdsBeginWithOne(long request) {
        strict.say(PUBLISH, request, dict(), "a.b");
        assertAborted(strict, "Request id " + request + " instead of 1");
    }

    @Test
    void aPartOfACallThatNamesAnotherProcedureIsDiscarded() {
        client.register("a.p");
        client.register("a.q");
        TestClient caller = realm.join();
        caller.say(CALL, 77, dict("progress", true), "a.p", List.of(1L));
        client.expect(INVOCATION);
        caller.say(CALL, 77, dict(), "a.q", List.of(2L));
        caller.say(CALL, 77, dict(), "a.p", List.of(3L));
        assertEquals(List.of(3L), client.expect(INVOCATION).get(4));
    }

    @Test
    void aPartOfACallThatNamesAnotherProcedureIsAViolationWithStrictIds() {
        TestClient callee = strictRealm.join();
        callee.register("a.p");
        strict.say(CALL, 1, dict("progress", true), "a.p");
        callee.expect(INVOCATION);
        strict.say(CALL, 1, dict(), "a.q");
        assertAborted(strict, "Call 1 continues with another procedure");
    }

    @Test
    void aLatePartOfACallThatHasEndedIsDiscarded() {
        client.register("a.p");
        TestClient caller = realm.join();
        caller.say(CALL, 77, dict("progress", true), "a.p");
        Object invocation = client.expect(INVOCATION).get(1);
        client.say(YIELD, invocation, dict());
        caller.expect(RESULT);
        caller.say(CALL, 77, dict("progress", true), "a.p");
        caller.say(CALL, 77, dict(), "a.p");
        client.expectNothing();
        caller.expectNothing();
    }
}
