package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.Draft;
import veche.room.RoomName;

class FairQueueTest {
    private static final RoomName ROOM = new RoomName("hall");
    private static final Author ANNA = new Author("user:1", "Anna");
    private static final Author BORIS = new Author("user:2", "Boris");
    private static final String LARGE = "x".repeat(1_000_000);
    private static final long BATCH = 1 << 20;

    private final FairQueue queue = new FairQueue();

    private void append(Author author, String text) {
        queue.add(new WriteRequest.Append(ROOM, Draft.text(author, text), new CompletableFuture<>()));
    }

    private List<String> take(int maxRequests, long maxBytes) {
        return queue.take(maxRequests, maxBytes).stream()
                .map(request -> ((WriteRequest.Append) request).draft().text())
                .map(text -> text.equals(LARGE) ? "large" : text)
                .toList();
    }

    @Test
    void requestsOfAnAuthorKeepTheirOrder() {
        append(ANNA, "1");
        append(ANNA, LARGE);
        append(ANNA, "2");
        assertEquals(List.of("1", "large", "2"), take(3, Long.MAX_VALUE));
        assertTrue(queue.isEmpty());
    }

    @Test
    void smallMessagesPrecedeTheLargeOnesOfOthersThatWait() {
        for (int i = 0; i < 20; i++) {
            append(ANNA, LARGE);
        }
        append(BORIS, "1");
        append(BORIS, "2");
        assertEquals(List.of("1", "2", "large"), take(10, BATCH));
        append(BORIS, "3");
        assertEquals(List.of("3", "large"), take(10, BATCH));
    }

    @Test
    void largeMessagesProgressWhileOthersFillEveryBatch() {
        append(ANNA, LARGE);
        for (int batch = 0; ; batch++) {
            assertTrue(batch < 100, "the large message is not written");
            for (int i = 0; i < 300; i++) {
                append(BORIS, "x".repeat(1_000));
            }
            if (take(200, BATCH).contains("large")) {
                return;
            }
        }
    }

    @Test
    void requestsWithoutContentPrecedeMessagesAndKeepTheirOrder() {
        append(ANNA, LARGE);
        WriteRequest open = new WriteRequest.Open(ROOM, new CompletableFuture<>());
        WriteRequest release = new WriteRequest.Release(ROOM);
        queue.add(open);
        queue.add(release);
        assertEquals(List.of(open, release), queue.take(2, BATCH));
        assertEquals(List.of("large"), take(1, BATCH));
    }

    @Test
    void messagesAppendedAfterAnOpeningAreNotTakenBeforeIt() {
        WriteRequest open = new WriteRequest.Open(ROOM, new CompletableFuture<>());
        queue.add(open);
        append(ANNA, "1");
        assertEquals(open, queue.take(10, BATCH).get(0));
    }

    @Test
    void sizesAreCountedInTotalAndForEachFlow() {
        append(ANNA, "1");
        append(BORIS, "2");
        append(BORIS, "3");
        long one = queue.bytes(ANNA.id());
        assertEquals(List.of(3, 1, 2), List.of(queue.size(), queue.size(ANNA.id()), queue.size(BORIS.id())));
        assertEquals(List.of(3 * one, 2 * one), List.of(queue.bytes(), queue.bytes(BORIS.id())));
        assertEquals(3, queue.clear().size());
        assertEquals(List.of(0L, 0L), List.of(queue.bytes(), queue.bytes(BORIS.id())));
        assertEquals(List.of(0, 0), List.of(queue.size(), queue.size(BORIS.id())));
    }
}
