package veche.room;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A room on its way from the log, and then the reference to it, which does not keep it: a room lives for as long as
 * somebody follows it or its recent messages are kept. Whoever asked for it may take up the log's answer only after the
 * writer thread has gone on to commit more: that is kept here, and grown once all who asked have seen the tail of the
 * moment they asked. Thread-safe.
 */
final class PendingRoom {
    private record Early(Message message, long sequence, Audience audience) {}

    /** The reference to an open room, which is queued once the room has been released. */
    static final class Held extends WeakReference<Room> {
        private final PendingRoom pending;

        private Held(Room room, PendingRoom pending, ReferenceQueue<Room> released) {
            super(room, released);
            this.pending = pending;
        }

        PendingRoom pending() {
            return pending;
        }
    }

    private final RoomName name;
    private final ReferenceQueue<Room> released;
    private final ReentrantLock lock = new ReentrantLock();
    /** Touched with the lock only. */
    private final List<Early> early = new ArrayList<>(0);

    private long earlyFirst;
    /** Set once; from then on the writer thread alone grows the room. */
    private volatile Held room;
    /** Null once the room is open, since it would keep it. */
    private volatile CompletableFuture<Room> stage = new CompletableFuture<>();

    PendingRoom(RoomName name, ReferenceQueue<Room> released) {
        this.name = name;
        this.released = released;
    }

    RoomName name() {
        return name;
    }

    /** The room, or null where it has been released. */
    CompletionStage<Room> stage() {
        CompletableFuture<Room> pending = stage;
        if (pending != null) {
            return pending;
        }
        Room open = room();
        return open == null ? null : CompletableFuture.completedFuture(open);
    }

    /** The room, or null as long as it is on its way, and where it has been released. */
    Room room() {
        Held held = room;
        return held == null ? null : held.get();
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
            room = new Held(opened, this, released);
            stage = null;
            return opened.tail() > tail;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a committed message for a room on its way; false where the room is open, or was. On the writer thread. */
    boolean waits(Message message, long sequence, Audience audience) {
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
            Room open = room();
            if (open != null) {
                open.trim(first);
            } else if (room == null) {
                earlyFirst = Math.max(earlyFirst, first);
            }
        } finally {
            lock.unlock();
        }
    }
}
