package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.json;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;

/** Resuming a room subscription at a position ({@code _after}). */
class RoomResumptionTest extends LobbyFixture {
    @Test
    void afterNullReportsTheCurrentPosition() {
        publish(two, LOBBY, "before");
        long subscription = one.subscribe(LOBBY, "_after", null);
        List<Object> current = one.expect(EVENT);
        Map<?, ?> details = (Map<?, ?>) current.get(3);
        assertEquals(
                List.of(subscription, true, 1L),
                List.of(current.get(1), details.get("_recovered"), details.get("_position")));
        assertNotNull(details.get("_epoch"));
        publish(two, LOBBY, "live");
        assertEquals(dict("_position", 2L), one.expect(EVENT).get(3));
    }

    private Map<?, ?> join() {
        return (Map<?, ?>) two.call("veche.join", "lobby");
    }

    @Test
    void aResumingClientReceivesMissedThenLiveEvents() {
        for (int i = 1; i <= 10; i++) {
            publish(two, LOBBY, "m" + i);
        }
        Object epoch = join().get("epoch");
        one.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", 4L));
        assertEquals(
                dict("_recovered", true, "_epoch", epoch, "_position", 10L),
                one.expect(EVENT).get(3));
        publish(two, LOBBY, "m11");
        for (long position = 5; position <= 11; position++) {
            List<Object> event = one.expect(EVENT);
            assertEquals(List.of(dict("_position", position), List.of("m" + position)), event.subList(3, 5));
        }
        one.expectNothing();
    }

    @Test
    void anUnrecoverablePositionIsReported() {
        publish(two, LOBBY, "m1");
        Object epoch = join().get("epoch");
        one.subscribe(LOBBY, "_after", dict("epoch", "another", "position", 0L));
        assertEquals(
                dict("_recovered", false, "_epoch", epoch, "_position", 1L),
                one.expect(EVENT).get(3));
        TestClient ahead = realm.join();
        ahead.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", 99L));
        assertEquals(false, ((Map<?, ?>) ahead.expect(EVENT).get(3)).get("_recovered"));
        one.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"epoch\":\"x\"}", "{\"position\":1}"})
    void anIncompletePositionIsRejected(String after) {
        one.sendFrame(json(SUBSCRIBE, "1,{\"_after\":" + after + "},\"veche.room.lobby\""));
        assertEquals("wamp.error.invalid_argument", one.expectError());
    }

    @Test
    void aClientThatReconnectsAHundredTimesReceivesEveryEventOnceInOrder() {
        Object epoch = join().get("epoch");
        List<Long> received = new ArrayList<>();
        long sent = 0;
        for (int drop = 0; drop < 100; drop++) {
            long known = received.isEmpty() ? 0 : received.get(received.size() - 1);
            TestClient client = realm.join();
            client.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", known));
            assertEquals(true, ((Map<?, ?>) client.expect(EVENT).get(3)).get("_recovered"));
            for (int i = 0; i < 100; i++) {
                two.request(PUBLISH, dict(), LOBBY, List.of("m" + ++sent));
            }
            // Lost while some events are still in flight.
            publish(two, LOBBY, "m" + ++sent);
            for (int i = 0; i < 50 + drop % 50; i++) {
                received.add((Long) ((Map<?, ?>) client.expect(EVENT).get(3)).get("_position"));
            }
            client.disconnect();
        }
        TestClient last = realm.join();
        last.subscribe(LOBBY, "_after", dict("epoch", epoch, "position", received.get(received.size() - 1)));
        last.expect(EVENT);
        while (received.get(received.size() - 1) < sent) {
            received.add((Long) ((Map<?, ?>) last.expect(EVENT).get(3)).get("_position"));
        }
        assertEquals(LongStream.rangeClosed(1, sent).boxed().toList(), received);
    }
}
