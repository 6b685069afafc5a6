package veche.room;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The read positions of all authors. New marks are buffered in memory, the latest for each author and room, until
 * {@link #flush} writes them to the state store. A crash may lose the marks since the last flush. Thread-safe and
 * non-blocking.
 */
public final class ReadMarks {
    /** Further marks are dropped; the client's next mark replaces them. */
    private static final int MAX_WAITING = 100_000;

    private record Reader(String author, RoomName room) {}

    private final Map<Reader, ReadMark> waiting = new ConcurrentHashMap<>();
    private final RoomStateStore stateStore;
    private final Clock clock;

    ReadMarks(RoomStateStore stateStore, Clock clock) {
        this.stateStore = stateStore;
        this.clock = clock;
    }

    void note(Author author, RoomName room, Position upTo) {
        Reader reader = new Reader(author.id(), room);
        if (waiting.size() < MAX_WAITING || waiting.containsKey(reader)) {
            waiting.put(reader, new ReadMark(author.id(), room, upTo, clock.instant()));
        }
    }

    /**
     * Writes the buffered marks durably. Must be called every few seconds and once before the log is closed.
     *
     * @param retention how long a mark is kept
     */
    public CompletionStage<Void> flush(Duration retention) {
        List<ReadMark> marks = new ArrayList<>(waiting.values());
        return stateStore
                .mark(marks, clock.instant().minus(retention).toEpochMilli())
                .thenRun(() -> marks.forEach(mark -> waiting.remove(new Reader(mark.author(), mark.room()), mark)));
    }

    /** Whether no marks are buffered. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** An author's read positions by room, including buffered ones. */
    public CompletionStage<Map<RoomName, Position>> of(Author author) {
        return stateStore.marks(author.id()).thenApply(durable -> {
            Map<RoomName, Position> all = new TreeMap<>(durable);
            waiting.values().stream()
                    .filter(mark -> mark.author().equals(author.id()))
                    .forEach(mark -> all.put(mark.room(), mark.upTo()));
            return all;
        });
    }
}
