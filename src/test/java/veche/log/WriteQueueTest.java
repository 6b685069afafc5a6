package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog.Appended;
import veche.room.RoomName;

class WriteQueueTest {
    private static final RoomName ROOM = new RoomName("hall");
    private final WriteQueue queue = new WriteQueue(LogLimits.Writes.DEFAULT);

    @Test
    void theRetentionOfManyRoomsDoesNotRefuseMessages() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            queue.addInternal(new WriteRequest.Trim(ROOM));
        }
        CompletableFuture<Appended> result = new CompletableFuture<>();
        Draft draft = Draft.text(new Author("user:1", "Anna"), "text");
        queue.offer(new WriteRequest.Append(ROOM, draft, result));
        assertFalse(result.isDone());
        assertEquals(draft.weight(), queue.bytes());
    }
}
