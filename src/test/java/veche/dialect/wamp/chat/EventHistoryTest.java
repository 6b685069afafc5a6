package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** {@code wamp.subscription.get_events} (advanced profile, "Event History"). */
class EventHistoryTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient client = realm.join();
    private final TestClient other = realm.join();
    private final List<Object> publications = new ArrayList<>();

    @AfterEach
    void close() {
        realm.close();
    }

    private void publish(String room, String... texts) {
        for (String text : texts) {
            other.request(PUBLISH, dict("acknowledge", true), "veche.room." + room, List.of(text));
            publications.add(other.expect(PUBLISHED).get(2));
        }
    }

    private List<Object> getEvents(long subscription, Map<String, Object> filter) {
        client.request(CALL, dict(), "wamp.subscription.get_events", List.of(subscription), filter);
        List<Object> answer = client.next();
        while (hasType(answer, EVENT)) {
            answer = client.next();
        }
        assertTrue(hasType(answer, RESULT), answer::toString);
        return answer;
    }

    private static List<Map<?, ?>> events(List<Object> result) {
        List<?> events = result.size() > 3 ? (List<?>) result.get(3) : List.of();
        return events.stream().<Map<?, ?>>map(event -> (Map<?, ?>) event).toList();
    }

    private List<Object> texts(long subscription, Object... filter) {
        return events(getEvents(subscription, dict(filter))).stream()
                .<Object>map(event -> ((List<?>) event.get("args")).get(0))
                .toList();
    }

    private static boolean isPartial(List<Object> result) {
        return result.size() > 4 && Boolean.TRUE.equals(((Map<?, ?>) result.get(4)).get("_partial"));
    }

    @ParameterizedTest
    @CsvSource({
        "from, '', '', '', false, 2 3 4",
        "after, '', '', '', false, 3 4",
        "before, '', '', '', false, 0 1",
        "until, '', '', '', false, 0 1 2",
        "from, '', '', '', true, 4 3 2",
        "after, '', '', '', true, 4 3",
        "before, '', '', '', true, 1 0",
        "until, '', '', '', true, 2 1 0",
        "from, until, '', '', false, 2",
        "from, after, '', '', false, 3 4",
        "until, before, '', '', true, 1 0",
        "after, before, '', '', false, ''",
        "from, '', limit, 2, false, 2 3",
        "until, '', limit, 2, true, 2 1",
        "until, '', limit, 2, false, 0 1",
        "until, '', limit, 2.0, false, 0 1"
    })
    void aPublicationBoundsTheResult(
            String one, String two, String limited, String limit, boolean reverse, String expected) {
        long subscription = client.subscribe("veche.room.lobby");
        publish("lobby", "0", "1", "2", "3", "4");
        Map<String, Object> filter = dict("reverse", reverse);
        for (String bound : List.of(one, two)) {
            if (!bound.isEmpty()) {
                filter.put(bound + "_publication", publications.get(2));
            }
        }
        if (!limited.isEmpty()) {
            filter.put("limit", limit.contains(".") ? (Object) Double.valueOf(limit) : Long.valueOf(limit));
        }
        List<Object> expectedTexts =
                expected.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList((Object[]) expected.split(" ")));
        assertEquals(expectedTexts, texts(subscription, entries(filter)));
    }

    private static Object[] entries(Map<String, Object> filter) {
        List<Object> entries = new ArrayList<>();
        filter.forEach((key, value) -> Collections.addAll(entries, key, value));
        return entries.toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "after", "before", "until"})
    void anUnknownPublicationReturnsNothingInEitherDirection(String bound) {
        long subscription = client.subscribe("veche.room.lobby");
        publish("lobby", "0", "1");
        assertEquals(List.of(), texts(subscription, bound + "_publication", 7L));
        assertEquals(List.of(), texts(subscription, bound + "_publication", 7L, "limit", 1L));
        assertEquals(List.of(), texts(subscription, bound + "_publication", 7L, "reverse", true, "limit", 1L));
    }

    @Test
    void timesAreComparedWithEventTimestampsInAnyZone() {
        long subscription = client.subscribe("veche.room.lobby");
        publish("lobby", "0");
        Map<?, ?> event = events(getEvents(subscription, dict())).get(0);
        Object at = event.get("timestamp");
        assertEquals(
                List.of(subscription, publications.get(0)),
                List.of(event.get("subscription"), event.get("publication")));
        assertEquals(List.of("0"), texts(subscription, "from_time", at));
        assertEquals(List.of(), texts(subscription, "after_time", at));
        assertEquals(List.of("0"), texts(subscription, "until_time", at));
        assertEquals(List.of(), texts(subscription, "before_time", at));
        assertEquals(List.of("0"), texts(subscription, "after_time", "2020-01-01T00:00:00+02:00"));
        assertEquals(List.of(), texts(subscription, "before_time", "2020-01-01T00:00:00.5Z"));
    }

    @Test
    void aLongHistoryIsPagedInBothDirections() {
        long subscription = client.subscribe("veche.room.lobby");
        String[] texts = new String[1_300];
        Arrays.setAll(texts, i -> "L" + i);
        publish("lobby", texts);
        assertEquals(List.of("L0", "L1"), texts(subscription, "limit", 2L));
        List<Object> ascending = paged(subscription, false);
        List<Object> descending = paged(subscription, true);
        assertEquals(Arrays.asList((Object[]) texts), ascending);
        Collections.reverse(descending);
        assertEquals(ascending, descending);
    }

    private List<Object> paged(long subscription, boolean reverse) {
        List<Object> all = new ArrayList<>();
        Map<String, Object> filter = dict("reverse", reverse, "limit", 300L);
        List<Map<?, ?>> page = events(getEvents(subscription, filter));
        while (!page.isEmpty()) {
            page.forEach(event -> all.add(((List<?>) event.get("args")).get(0)));
            filter.put(
                    reverse ? "before_publication" : "after_publication",
                    page.get(page.size() - 1).get("publication"));
            page = events(getEvents(subscription, filter));
        }
        return all;
    }

    @Test
    void aResultCutByTheServerLimitIsMarkedPartial() {
        long subscription = client.subscribe("veche.room.lobby");
        String[] texts = new String[1_001];
        Arrays.setAll(texts, i -> "L" + i);
        publish("lobby", texts);
        List<Object> whole = getEvents(subscription, dict());
        assertEquals(List.of(1_000, true), List.of(events(whole).size(), isPartial(whole)));
        List<Object> limited = getEvents(subscription, dict("limit", 1_000L));
        assertEquals(List.of(1_000, false), List.of(events(limited).size(), isPartial(limited)));
    }

    @Test
    void aTopicOutsideTheSubscriptionReturnsNothing() {
        long subscription = client.subscribe("veche.room.lobby");
        publish("lobby", "0");
        publish("hall", "1");
        assertEquals(List.of(), texts(subscription, "topic", "veche.room.hall"));
        assertEquals(List.of(), texts(subscription, "topic", "not a topic"));
        assertEquals(List.of("0"), texts(subscription, "topic", "veche.room.lobby"));
    }

    @ParameterizedTest
    @CsvSource({"prefix, veche.room.", "wildcard, veche..", "wildcard, veche.room.", "prefix, ve"})
    void theHistoryOfAPatternMergesItsRoomsInOrder(String match, String pattern) {
        long subscription = client.subscribe(pattern, "match", match);
        publish("lobby", "0");
        publish("hall", "1");
        publish("lobby", "2");
        assertEquals(3, texts(subscription).size());
        assertEquals(List.of("0", "2"), texts(subscription, "topic", "veche.room.lobby"));
        assertEquals(List.of("2", "0"), texts(subscription, "topic", "veche.room.lobby", "reverse", true));
        assertEquals(List.of(), texts(subscription, "topic", "veche.room.invented"));
        Map<?, ?> event = events(getEvents(subscription, dict("topic", "veche.room.hall")))
                .get(0);
        assertEquals("veche.room.hall", ((Map<?, ?>) event.get("details")).get("topic"));
        assertEquals(List.of("hall", "lobby"), other.call("veche.rooms"));
    }

    @Test
    void aPatternOutsideRoomsHasNoHistory() {
        long subscription = client.subscribe("a.", "match", "prefix");
        other.request(PUBLISH, dict("acknowledge", true), "a.b", List.of("0"));
        other.expect(PUBLISHED);
        client.expect(EVENT);
        assertEquals(List.of(), texts(subscription));
    }

    @ParameterizedTest
    @CsvSource({
        "reverse, 1",
        "limit, text",
        "limit, 0",
        "limit, -1",
        "limit, 1.5",
        "topic, 1",
        "from_time, 1",
        "after_time, noon",
        "before_time, 2020-01-01",
        "until_time, ''",
        "from_publication, text",
        "after_publication, 0",
        "before_publication, -1",
        "until_publication, 1.5"
    })
    void anArgumentOfTheWrongTypeOrRangeIsInvalid(String name, String given) {
        long subscription = client.subscribe("veche.room.lobby");
        client.request(CALL, dict(), "wamp.subscription.get_events", List.of(subscription), dict(name, value(given)));
        assertEquals("wamp.error.invalid_argument", client.expectError());
    }

    private static Object value(String given) {
        if (given.matches("-?\\d+")) {
            return Long.valueOf(given);
        }
        return given.matches("\\d+\\.\\d+") ? (Object) Double.valueOf(given) : given;
    }
}
