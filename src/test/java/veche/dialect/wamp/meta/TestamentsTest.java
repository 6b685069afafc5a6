package veche.dialect.wamp.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.RESULT;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Testaments (advanced profile). */
class TestamentsTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient publisher = realm.join();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void testamentsCountAgainstTheSameBudgetUntilFlushed() {
        List<Object> large = Collections.nCopies(8_000, Map.of());
        int kept = 0;
        while (addTestament(publisher, large) && kept < 100) {
            kept++;
        }
        assertTrue(kept > 0 && kept < 10, kept + " testaments of half a megabyte each are kept");
        publisher.call("wamp.session.flush_testaments");
        assertTrue(addTestament(publisher, large));
    }

    private static boolean addTestament(TestClient client, List<Object> args) {
        client.request(CALL, dict(), "wamp.session.add_testament", List.of("a.will", args, dict()));
        List<Object> answer = client.next();
        if (hasType(answer, ERROR)) {
            assertEquals("veche.error.limit_reached", answer.get(4));
            return false;
        }
        return true;
    }

    @Test
    void testamentsArePublishedWhenTheSessionEnds() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.will");
        publisher.call("wamp.session.add_testament", "a.will", List.of("kept"), dict("k", 1L));
        publisher.disconnect();
        assertEquals(
                List.of(List.of("kept"), dict("k", 1L)),
                subscriber.expect(EVENT).subList(4, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retain", "exclude_me", "eligible", "ppt_scheme"})
    void aTestamentWithInvalidOptionsIsRejectedAtOnce(String option) {
        publisher.request(
                CALL,
                dict(),
                "wamp.session.add_testament",
                List.of("a.will"),
                dict("publish_options", dict(option, 7L)));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
    }

    @Test
    void testamentsCanBeFlushed() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.will");
        publisher.call("wamp.session.add_testament", "a.will", List.of("flushed"), dict());
        publisher.request(
                CALL,
                dict(),
                "wamp.session.add_testament",
                List.of("a.will", List.of("detached"), dict()),
                dict("scope", "detached"));
        publisher.expect(RESULT);
        assertNull(publisher.call("wamp.session.flush_testaments"));
        publisher.disconnect();
        assertEquals(List.of("detached"), subscriber.expect(EVENT).get(4));
        subscriber.expectNothing();
    }

    @Test
    void aTestamentCanBePublishedInARoom() {
        TestClient subscriber = realm.join();
        subscriber.subscribe("veche.room.lobby");
        publisher.call("wamp.session.add_testament", "veche.room.lobby", List.of("bye"), dict());
        publisher.disconnect();
        assertEquals(List.of("bye"), subscriber.expect(EVENT).get(4));
    }
}
