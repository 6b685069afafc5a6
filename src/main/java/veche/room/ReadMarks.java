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
 * How far each author has read. What is said here waits in memory, the newest of each author and room, until
 * {@link #flush} gives it to the ledger: a crash may cost the last few seconds of it. Thread-safe; nothing here blocks.
 */
public final class ReadMarks {
    /** More are dropped: their authors say so again with what they read next. */
    private static final int MOST_WAITING = 100_000;

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
        if (waiting.size() < MOST_WAITING || waiting.containsKey(reader)) {
            waiting.put(reader, new ReadMark(author.id(), room, upTo, clock.instant()));
        }
    }

    /**
     * Makes durable what waits; to be called every few seconds, and once before the log closes.
     *
     * @param memory how long a mark is kept
     */
    public CompletionStage<Void> flush(Duration memory) {
        List<ReadMark> marks = new ArrayList<>(waiting.values());
        return stateStore
                .mark(marks, clock.instant().minus(memory).toEpochMilli())
                .thenRun(() -> marks.forEach(mark -> waiting.remove(new Reader(mark.author(), mark.room()), mark)));
    }

    /** Whether anything waits. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How far an author has read, by room. */
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
