package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.room.Author;

/** What one user's sessions occupy in a router is bounded in bytes, and is free again when they leave. */
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

    /** How many requests of that type succeed before one is refused by a limit. */
    private static int accepted(TestClient client, int type, Object options, String prefix) {
        for (int i = 0; i < 3_000; i++) {
            client.request(type, options, prefix + "." + i);
            List<Object> answer = client.next();
            if (answer.get(0).equals(8L)) {
                assertEquals("veche.error.limit_reached", answer.get(4));
                return i;
            }
        }
        throw new AssertionError("No limit was reached");
    }

    @Test
    void longTopicsAreBoundedByTheBytesOfTheUserNotOfTheSession() {
        TestClient first = guest();
        int accepted = accepted(first, 32, dict(), LONG);
        assertTrue(accepted > 1_000 && accepted < 2_100, accepted + " topics of 1,000 characters");
        TestClient second = guest();
        assertEquals(0, accepted(second, 32, dict(), LONG));
        first.vanish();
        assertEquals(accepted, accepted(second, 32, dict(), LONG));
    }

    @Test
    void longProceduresCountToTheSameBytes() {
        TestClient subscriber = guest();
        int alone = accepted(subscriber, 32, dict(), LONG);
        subscriber.vanish();
        TestClient callee = guest();
        assertEquals(1_000, accepted(callee, 64, dict(), LONG));
        int beside = accepted(callee, 32, dict(), LONG);
        assertTrue(Math.abs(alone - 1_000 - beside) < 10, alone + " alone, " + beside + " beside 1,000 procedures");
    }

    @Test
    void aSessionHasAFewHundredPatterns() {
        assertEquals(256, accepted(guest(), 32, dict("match", "wildcard"), "a..b"));
        assertEquals(256, accepted(guest(), 64, dict("match", "prefix"), "a.b"));
    }

    @Test
    void largeAttributesOfPendingCallsAreBoundedAndFreeAgainWhenAnswered() {
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
            callee.say(YIELD, callee.expect(INVOCATION).get(1), dict());
            caller.expect(RESULT);
        }
        caller.request(CALL, large, "com.example.slow");
        callee.expect(INVOCATION);
    }
}
