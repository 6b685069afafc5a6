package veche.dialect.wamp.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.dialect.wamp.Messages.dict;
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
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** The procedures that list and search rooms. */
class RoomProceduresTest {
    private final TestRealm realm = new TestRealm();
    private final TestClient ann = realm.joinAs("wamp.2.json", "ann");

    @AfterEach
    void close() {
        realm.close();
    }

    private Map<?, ?> send(String room, String text) {
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
    void roomsAreListedByNameOrInDetail() {
        ann.call("veche.join", "empty");
        send("hall", "one");
        Map<?, ?> last = send("hall", "two");
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
    void theReadMarkIsStoredPerUser() {
        send("hall", "one");
        Map<?, ?> two = send("hall", "two");
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
    void searchIgnoresCase(String text, String query) {
        send("hall", text);
        send("hall", "something else");
        assertEquals(List.of(text), texts(search("hall", query)));
    }

    @Test
    void searchMatchesTheCurrentText() {
        String edited = (String) send("hall", "old notes").get("id");
        String deleted = (String) send("hall", "notes deleted").get("id");
        send("hall", "other notes");
        ann.call("veche.edit", "hall", edited, "first edit");
        ann.call("veche.edit", "hall", edited, "newest text");
        ann.call("veche.delete", "hall", deleted);
        assertEquals(List.of("other notes"), texts(search("hall", "notes")));
        assertEquals(List.of("newest text"), texts(search("hall", "NEWEST")));
        assertEquals(List.of(), texts(search("hall", "first")));
        assertEquals(edited, ((Map<?, ?>) ((List<?>) search("hall", "newest").get("messages")).get(0)).get("id"));
    }

    @Test
    void searchFindsAnEditBehindItsContinuePosition() {
        String edited = (String) send("hall", "old notes").get("id");
        String deleted = (String) send("hall", "notes deleted").get("id");
        ann.call("veche.edit", "hall", edited, "first edit");
        send("hall", "other notes");
        ann.call("veche.edit", "hall", edited, "newest text");
        ann.call("veche.delete", "hall", deleted);
        assertEquals(List.of("newest text"), texts(search("hall", "newest", 4)));
        assertEquals(List.of("newest text"), texts(search("hall", "newest", 3)));
        for (String gone : List.of("first", "notes")) {
            assertEquals(List.of(), texts(search("hall", gone, 4)), gone);
        }
    }

    @Test
    void searchContinuesAtTheReturnedPosition() {
        for (int i = 1; i <= 5; i++) {
            send("hall", "note " + i);
        }
        Map<?, ?> newest = search("hall", "note", null, 2);
        assertEquals(List.of("note 4", "note 5"), texts(newest));
        Map<?, ?> older = search("hall", "note", newest.get("before"), 2);
        assertEquals(List.of("note 2", "note 3"), texts(older));
        Map<?, ?> oldest = search("hall", "note", older.get("before"), 2);
        assertEquals(List.of("note 1"), texts(oldest));
        assertNull(oldest.get("before"));
        assertNull(search("hall", "nowhere").get("before"));
    }

    @Test
    void searchStopsAtTheGivenPosition() {
        for (int i = 1; i <= 5; i++) {
            send("hall", "note " + i);
        }
        Map<?, ?> behind = search("hall", "note", null, 10, 3);
        assertEquals(List.of("note 4", "note 5"), texts(behind));
        assertNull(behind.get("before"));
        assertEquals(List.of("note 4"), texts(search("hall", "note", 5, 10, 3)));
        assertEquals(List.of(), texts(search("hall", "note", 4, 10, 3)));
        Map<?, ?> all = search("hall", "note", 5, 1, 3);
        assertEquals(List.of("note 4"), texts(all));
        assertNull(all.get("before"));
    }

    @Test
    void aFilterRestrictsTheSearch() {
        send("hall", "one note");
        TestClient bob = realm.joinAs("wamp.2.json", "Bob");
        bob.call("veche.send", "hall", "another note");
        bob.request(
                CALL,
                dict(),
                "veche.send",
                List.of("hall"),
                dict("text", "note.bin", "data", ByteBuffer.wrap(new byte[] {1, 2})));
        bob.expect(RESULT);
        assertEquals(List.of("another note", "note.bin"), filtered("text", "note", "from", "bOB"));
        assertEquals(List.of("another note", "note.bin"), filtered("from", "bob"));
        assertEquals(List.of("note.bin"), filtered("files", true));
        assertEquals(List.of(), filtered("text", "one", "files", true));
        String later = Instant.now().plusSeconds(60).toString();
        assertEquals(3, filtered("text", "note", "until", later).size());
        assertEquals(List.of(), filtered("text", "note", "since", later));
        ann.request(CALL, dict(), "veche.search", List.of("hall", "x"), dict("since", "yesterday"));
        assertEquals("wamp.error.invalid_argument", ann.expectError());
    }

    private List<?> filtered(Object... filter) {
        ann.request(CALL, dict(), "veche.search", List.of("hall"), dict(filter));
        return texts((Map<?, ?>) ((List<?>) ann.expect(RESULT).get(3)).get(0));
    }

    @Test
    void aBlankQueryIsRejected() {
        ann.request(CALL, dict(), "veche.search", List.of("hall", " "));
        assertEquals("wamp.error.invalid_argument", ann.expectError());
    }
}
