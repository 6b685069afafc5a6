package veche.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/** The encoded logs in use, reference-counted: one per room and encoder while any cursor reads it. Thread-safe. */
final class EncodedLogs {
    private record Key(Room room, MessageEncoder encoder) {}

    private record Shared(EncodedLog log, int users) {}

    private final Map<Key, Shared> logs = new ConcurrentHashMap<>();
    private final int batchBytes;

    /** @param batchBytes the approximate payload size of one batch */
    EncodedLogs(int batchBytes) {
        this.batchBytes = batchBytes;
    }

    /** Returns the log of a room in one encoding; each call must be matched by {@link #release}. */
    EncodedLog acquire(Room room, MessageEncoder encoder) {
        return logs.compute(
                        new Key(room, encoder),
                        (key, shared) -> shared == null
                                ? new Shared(new EncodedLog(room, encoder, batchBytes), 1)
                                : new Shared(shared.log(), shared.users() + 1))
                .log();
    }

    void release(EncodedLog log) {
        logs.computeIfPresent(
                new Key(log.room(), log.encoder()),
                (key, shared) -> shared.users() == 1 ? null : new Shared(shared.log(), shared.users() - 1));
    }

    int size() {
        return logs.size();
    }
}
