package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.RESULT;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rooms in detail, and searching them. */
class RoomProceduresTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient ann = realm.joinAs("wamp.2.json", "ann");

    @AfterEach
    void close() {
        realm.close();
    }

    private Map<?, ?> say(String room, String text) {
        return (Map<?, ?>) ann.call("veche.send", room, text);
    }

    private Map<?, ?> search(Object... args) {
        return (Map<?, ?>) ann.call("veche.search", args);
    }

    private static List<?> texts(Map<?, ?> found) {
        return ((List<?>) found.get("messages"))
                .stream().map(message -> ((Map<?, ?>) message).get("text")).toList();
    }

    @Test
    void roomsAreNamedOrToldOfInDetail() {
        ann.call("veche.join", "empty");
        say("hall", "one");
        Map<?, ?> last = say("hall", "two");
        assertEquals(List.of("empty", "hall"), ann.call("veche.rooms"));
        ann.request(CALL, dict(), "veche.rooms", List.of(), dict("detail", true));
        List<?> rooms = (List<?>) ((List<?>) ann.expect(RESULT).get(3)).get(0);
        Map<?, ?> empty = (Map<?, ?>) rooms.get(0);
        assertEquals(List.of("empty", 0L, 1L), List.of(empty.get("room"), empty.get("position"), empty.get("members")));
        assertNull(empty.get("last"));
        Map<?, ?> hall = (Map<?, ?>) rooms.get(1);
        assertEquals(List.of("hall", 2L, 0L), List.of(hall.get("room"), hall.get("position"), hall.get("members")));
        assertEquals(last, hall.get("last"));
        assertEquals(last.get("epoch"), hall.get("epoch"));
        assertFalse(hall.containsKey("read"));
    }

    @Test
    void howFarOneHasReadIsOnesOwnAndKept() {
        say("hall", "one");
        Map<?, ?> two = say("hall", "two");
        ann.call("veche.read", "hall", 2);
        assertEquals(Map.of("epoch", two.get("epoch"), "position", 2L), read(ann));
        realm.rooms.marks().flush(Duration.ofDays(1)).toCompletableFuture().join();
        assertEquals(true, realm.rooms.marks().isEmpty());
        assertEquals(Map.of("epoch", two.get("epoch"), "position", 2L), read(realm.joinAs("wamp.2.json", "ann")));
        assertNull(read(realm.joinAs("wamp.2.json", "bob")));
    }

    private static Object read(TestClient client) {
        client.request(CALL, dict(), "veche.rooms", List.of(true));
        List<?> rooms = (List<?>) ((List<?>) client.expect(RESULT).get(3)).get(0);
        return ((Map<?, ?>) rooms.get(0)).get("read");
    }

    @ParameterizedTest
    @CsvSource({
        "Привет всем,ПРИВЕТ",
        "ПРИВЕТ ВСЕМ,привет",
        "Straße,STRASSE",
        "STRASSE,straße",
        "ὈΔΟΣ,ὀδος",
        "ὀδός με,ὈΔΌΣ",
        "й в одном знаке,Й"
    })
    void caseDoesNotMatter(String said, String wanted) {
        say("hall", said);
        say("hall", "something else");
        assertEquals(List.of(said), texts(search("hall", wanted)));
    }

    @Test
    void textsAreTakenAsTheyNowStand() {
        String edited = (String) say("hall", "old words").get("id");
        String deleted = (String) say("hall", "words deleted").get("id");
        say("hall", "other words");
        ann.call("veche.edit", "hall", edited, "first edit");
        ann.call("veche.edit", "hall", edited, "newest text");
        ann.call("veche.delete", "hall", deleted);
        assertEquals(List.of("other words"), texts(search("hall", "words")));
        assertEquals(List.of("newest text"), texts(search("hall", "NEWEST")));
        assertEquals(List.of(), texts(search("hall", "first")));
        assertEquals(edited, ((Map<?, ?>) ((List<?>) search("hall", "newest").get("messages")).get(0)).get("id"));
    }

    @Test
    void aSearchFindsAnEditThatLiesBehindItsContinuePosition() {
        String edited = (String) say("hall", "old words").get("id");
        String deleted = (String) say("hall", "words deleted").get("id");
        ann.call("veche.edit", "hall", edited, "first edit");
        say("hall", "other words");
        ann.call("veche.edit", "hall", edited, "newest text");
        ann.call("veche.delete", "hall", deleted);
        assertEquals(List.of("newest text"), texts(search("hall", "newest", 4)));
        assertEquals(List.of("newest text"), texts(search("hall", "newest", 3)));
        for (String gone : List.of("first", "words")) {
            assertEquals(List.of(), texts(search("hall", gone, 4)), gone);
        }
    }

    @Test
    void aSearchGoesOnWhereItStopped() {
        for (int i = 1; i <= 5; i++) {
            say("hall", "word " + i);
        }
        Map<?, ?> newest = search("hall", "word", null, 2);
        assertEquals(List.of("word 4", "word 5"), texts(newest));
        Map<?, ?> older = search("hall", "word", newest.get("before"), 2);
        assertEquals(List.of("word 2", "word 3"), texts(older));
        Map<?, ?> oldest = search("hall", "word", older.get("before"), 2);
        assertEquals(List.of("word 1"), texts(oldest));
        assertNull(oldest.get("before"));
        assertNull(search("hall", "nowhere").get("before"));
    }

    @Test
    void aSearchLooksNoFurtherBackThanItIsAsked() {
        for (int i = 1; i <= 5; i++) {
            say("hall", "word " + i);
        }
        Map<?, ?> behind = search("hall", "word", null, 10, 3);
        assertEquals(List.of("word 4", "word 5"), texts(behind));
        assertNull(behind.get("before"));
        assertEquals(List.of("word 4"), texts(search("hall", "word", 5, 10, 3)));
        assertEquals(List.of(), texts(search("hall", "word", 4, 10, 3)));
        Map<?, ?> all = search("hall", "word", 5, 1, 3);
        assertEquals(List.of("word 4"), texts(all));
        assertNull(all.get("before"));
    }

    @Test
    void aFilterNarrowsASearchDown() {
        say("hall", "one word");
        TestClient bob = realm.joinAs("wamp.2.json", "Bob");
        bob.call("veche.send", "hall", "another word");
        bob.request(
                48, dict(), "veche.send", List.of("hall"), dict("text", "word.bin", "data", ByteBuffer.wrap(new byte[] {
                    1, 2
                })));
        bob.expect(RESULT);
        assertEquals(List.of("another word", "word.bin"), filtered("text", "word", "from", "bOB"));
        assertEquals(List.of("another word", "word.bin"), filtered("from", "bob"));
        assertEquals(List.of("word.bin"), filtered("files", true));
        assertEquals(List.of(), filtered("text", "one", "files", true));
        String later = Instant.now().plusSeconds(60).toString();
        assertEquals(3, filtered("text", "word", "until", later).size());
        assertEquals(List.of(), filtered("text", "word", "since", later));
        ann.request(CALL, dict(), "veche.search", List.of("hall", "x"), dict("since", "yesterday"));
        assertEquals("wamp.error.invalid_argument", ann.expectError());
    }

    private List<?> filtered(Object... filter) {
        ann.request(CALL, dict(), "veche.search", List.of("hall"), dict(filter));
        return texts((Map<?, ?>) ((List<?>) ann.expect(RESULT).get(3)).get(0));
    }

    @Test
    void aBlankTextIsInvalid() {
        ann.request(CALL, dict(), "veche.search", List.of("hall", " "));
        assertEquals("wamp.error.invalid_argument", ann.expectError());
    }
}
