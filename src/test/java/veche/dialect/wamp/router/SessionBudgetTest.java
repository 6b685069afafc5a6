package veche.dialect.wamp.router;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.limit.ClientMemory;
import veche.room.Author;

/** The bytes that the sessions of one user may occupy in the router are limited, and are released when they end. */
class SessionBudgetTest {
    private static final String LONG = "x".repeat(1_000);

    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private TestClient guest() {
        TestClient client = realm.connect("wamp.2.msgpack", new Author("guest:one", "One"));
        client.hello();
        return client;
    }

    /** Returns how many requests of that type succeed before a limit rejects one. */
    private static int accepted(TestClient client, int type, Object options, String prefix) {
        for (int i = 0; i < 3_000; i++) {
            client.request(type, options, prefix + "." + i);
            List<Object> answer = client.next();
            if (hasType(answer, ERROR)) {
                assertEquals("veche.error.limit_reached", answer.get(4));
                return i;
            }
        }
        throw new AssertionError("No limit was reached");
    }

    @Test
    void longTopicsAreLimitedInBytesPerUser() {
        TestClient first = guest();
        int accepted = accepted(first, SUBSCRIBE, dict(), LONG);
        assertTrue(accepted > 1_000 && accepted < 2_100, accepted + " topics of 1,000 characters");
        TestClient second = guest();
        assertEquals(0, accepted(second, SUBSCRIBE, dict(), LONG));
        first.disconnect();
        assertEquals(accepted, accepted(second, SUBSCRIBE, dict(), LONG));
    }

    @Test
    void longProceduresCountAgainstTheSameBudget() {
        TestClient subscriber = guest();
        int alone = accepted(subscriber, SUBSCRIBE, dict(), LONG);
        subscriber.disconnect();
        TestClient callee = guest();
        assertEquals(1_000, accepted(callee, REGISTER, dict(), LONG));
        int beside = accepted(callee, SUBSCRIBE, dict(), LONG);
        assertTrue(Math.abs(alone - 1_000 - beside) < 10, alone + " alone, " + beside + " beside 1,000 procedures");
    }

    private long held(ClientMemory.Part part) {
        return realm.memory.bytes(part);
    }

    @Test
    void allThatIsHeldIsAccountedByItsKindUntilTheSessionEnds() {
        TestClient callee = guest();
        callee.register("com.example.slow");
        TestClient client = guest();
        client.subscribe("com.example.topic");
        client.call("wamp.session.add_testament", "com.example.will", List.of("x".repeat(100)), dict());
        client.request(PUBLISH, dict("acknowledge", true, "retain", true), "com.example.kept", List.of("y"));
        client.expect(PUBLISHED);
        client.request(CALL, dict(), "com.example.slow");
        callee.expect(INVOCATION);
        List<ClientMemory.Part> parts = List.of(
                ClientMemory.Part.SUBSCRIPTION,
                ClientMemory.Part.REGISTRATION,
                ClientMemory.Part.TESTAMENT,
                ClientMemory.Part.RETAINED,
                ClientMemory.Part.CALL);
        parts.forEach(part -> assertTrue(held(part) > 40 && held(part) < 2_000, part + ": " + held(part)));
        long retained = held(ClientMemory.Part.RETAINED);
        client.disconnect();
        callee.disconnect();
        assertEquals(retained, realm.memory.total(), "a retained event outlasts its publisher's session");
    }

    @Test
    void nothingMoreIsHeldWhileTheMemoryOfTheNodeIsFull() {
        TestClient callee = guest();
        callee.register("com.example.slow");
        realm.memory.counter(ClientMemory.Part.OUTBOX).add(TestRealm.MAX_CLIENT_BYTES);
        assertEquals(0, accepted(callee, SUBSCRIBE, dict(), "com.example"));
        assertEquals(0, accepted(callee, REGISTER, dict(), "com.example"));
        callee.request(CALL, dict(), "com.example.slow");
        assertEquals("veche.error.limit_reached", callee.expectError());
        callee.request(CALL, dict(), "wamp.session.add_testament", List.of("com.example.will", List.of(), dict()));
        assertEquals("veche.error.limit_reached", callee.expectError());
        realm.memory.counter(ClientMemory.Part.OUTBOX).add(-TestRealm.MAX_CLIENT_BYTES);
        callee.subscribe("com.example.topic");
    }

    @Test
    void aSessionIsLimitedTo256Patterns() {
        assertEquals(256, accepted(guest(), SUBSCRIBE, dict("match", "wildcard"), "a..b"));
        assertEquals(256, accepted(guest(), REGISTER, dict("match", "prefix"), "a.b"));
    }

    @Test
    void attributesOfPendingCallsAreLimitedAndReleasedWithTheResult() {
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("com.example.slow");
        TestClient caller = guest();
        Object large = dict("ppt_scheme", "x_custom", "ppt_keyid", "k".repeat(900_000));
        int pending = 0;
        while (pending < 100) {
            caller.request(CALL, large, "com.example.slow");
            int before = pending;
            await().until(() -> callee.unread() > before || caller.unread() > 0);
            if (caller.unread() > 0) {
                assertEquals("veche.error.limit_reached", caller.expectError());
                break;
            }
            pending++;
        }
        assertTrue(pending > 0 && pending < 10, pending + " calls with 900,000 characters each are pending");
        for (int i = 0; i < pending; i++) {
            callee.sendMessage(YIELD, callee.expect(INVOCATION).get(1), dict());
            caller.expect(RESULT);
        }
        caller.request(CALL, large, "com.example.slow");
        callee.expect(INVOCATION);
    }
}
