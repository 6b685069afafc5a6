package veche.room;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A room on its way from the log. Whoever asked for it may take up the log's answer only after the writer thread has
 * gone on to commit more: that is kept here, and grown once all who asked have seen the tail of the moment they asked.
 * Thread-safe.
 */
final class Opening {
    private record Early(Message message, long sequence, Audience audience) {}

    private final CompletableFuture<Room> stage = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** Touched with the lock only. */
    private final List<Early> early = new ArrayList<>(0);

    private long earlyFirst;
    /** Set once; from then on the writer thread alone grows it. */
    private volatile Room room;

    CompletionStage<Room> stage() {
        return stage;
    }

    /** The room, or null as long as it is on its way. */
    Room room() {
        return room;
    }

    void fail(Throwable why) {
        stage.completeExceptionally(why);
    }

    /** Hands the room to all who asked, then lets it grow by what came meanwhile; true where something did. */
    boolean done(Room opened) {
        stage.complete(opened);
        lock.lock();
        try {
            long tail = opened.tail();
            opened.trim(earlyFirst);
            early.stream()
                    .filter(one -> one.message().position().number() > tail)
                    .forEach(one -> opened.grow(one.message(), one.sequence(), one.audience()));
            early.clear();
            room = opened;
            return opened.tail() > tail;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in a committed message; on the writer thread. The room, or null where it must wait. */
    Room grow(Message message, long sequence, Audience audience) {
        if (room == null && waits(message, sequence, audience)) {
            return null;
        }
        room.grow(message, sequence, audience);
        return room;
    }

    private boolean waits(Message message, long sequence, Audience audience) {
        lock.lock();
        try {
            boolean waits = room == null;
            if (waits) {
                early.add(new Early(message, sequence, audience));
            }
            return waits;
        } finally {
            lock.unlock();
        }
    }

    /** Retention took what lies before {@code first}; on the writer thread. */
    void trim(long first) {
        lock.lock();
        try {
            if (room == null) {
                earlyFirst = Math.max(earlyFirst, first);
            } else {
                room.trim(first);
            }
        } finally {
            lock.unlock();
        }
    }
}
