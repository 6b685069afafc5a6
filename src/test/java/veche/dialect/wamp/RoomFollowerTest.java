package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Author;
import veche.room.Draft;
import veche.room.ManualLog;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/** Following rooms for application code. */
class RoomFollowerTest {
    private static final RoomName HALL = new RoomName("hall");

    private final Rooms rooms = new Rooms(ManualLog.immediate(), new Room.Recent(16, 1 << 20));

    private void send(String text) {
        rooms.send(HALL, Draft.text(new Author("ann", "Ann"), text));
    }

    /** @param before the number of earlier messages; the room caches the latest 16 */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void aMessageWhoseDeliveryFailsDoesNotBlockTheNextOnes(int before) {
        Room room = rooms.open(HALL).toCompletableFuture().join();
        for (int i = 1; i <= before; i++) {
            send("early" + i);
        }
        List<String> received = new ArrayList<>();
        new RoomFollower(rooms, Runnable::run).follow(room, 0, this, message -> {
            received.add(message.text());
            if (received.size() == 1) {
                throw new IllegalStateException("planted");
            }
        });
        send("one");
        send("two");
        assertEquals(before + 2, received.size());
        assertEquals(List.of("one", "two"), received.subList(before, before + 2));
    }
}
