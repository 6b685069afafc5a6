package veche.room.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.ManualLog;
import veche.room.RefusedException;
import veche.room.RefusedException.Reason;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;

class SearchTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Author ANN = new Author("user:ann", "Ann");

    private final ManualLog log = ManualLog.immediate();
    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));
    private final RoomSession roomSession = rooms.roomSession(User.guest(ANN), "1", reason -> {});

    @Test
    void aCallScansALimitedNumberOfMessages() {
        Search search = new Search(new Search.Limits(1_000, 1), Runnable::run);
        rooms.send(HALL, Draft.text(ANN, "needle"));
        for (int i = 0; i < 1_500; i++) {
            rooms.send(HALL, Draft.text(ANN, "hay"));
        }
        Search.Found first = found(search, Long.MAX_VALUE);
        assertEquals(List.of(), first.messages());
        assertEquals(502, first.before());
        Search.Found second = found(search, first.before());
        assertEquals(1, second.messages().size());
    }

    @Test
    void aFileIsFoundByItsCaptionAndByItsName() {
        Search search = new Search(Search.Limits.DEFAULT, Runnable::run);
        for (String[] file :
                new String[][] {{"A Needle", "a.png"}, {"hay", "NEEDLE.png"}, {null, "needle"}, {null, null}}) {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            rooms.send(HALL, new Draft(ANN, Kind.FILE, file[0], file[1], bytes, null, null, Audience.EVERYONE));
        }
        assertEquals(3, found(search, Long.MAX_VALUE).messages().size());
    }

    private Search.Found found(Search search, long before) {
        return search.find(roomSession, new Search.Query(HALL, "needle", Search.Filter.NONE, 0, before, 10))
                .toCompletableFuture()
                .join();
    }

    @Test
    void concurrentSearchesAreLimited() {
        ManualLog waiting = new ManualLog();
        Rooms slow = new Rooms(waiting, new Room.Recent(16, 1 << 20));
        RoomSession session = slow.roomSession(User.guest(ANN), "1", reason -> {});
        Search search = new Search(new Search.Limits(10, 1), Runnable::run);
        Search.Query query = new Search.Query(HALL, "x", Search.Filter.NONE, 0, Long.MAX_VALUE, 1);
        var first = search.find(session, query);
        RefusedException refusal = assertThrows(RefusedException.class, () -> search.find(session, query));
        assertEquals(Reason.BUSY, refusal.reason());
        waiting.commit();
        assertEquals(List.of(), first.toCompletableFuture().join().messages());
        search.find(session, query);
    }
}
