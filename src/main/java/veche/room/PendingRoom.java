package veche.room;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import veche.room.MessageLog.Extent;

/**
 * A room being loaded from the log and, once open, a weak reference to it: a room stays open while it has subscribers
 * or cached messages. The writer thread may commit further messages before the log's result is processed. Such messages
 * are deferred and added after all pending callers have received the room with the tail as of their call. Thread-safe.
 */
final class PendingRoom {
    private record Deferred(Message message, long sequence, Audience audience) {}

    /** The reference to an open room; it is enqueued once the room has been reclaimed. */
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
    /** Guarded by {@link #lock}. */
    private final List<Deferred> deferred = new ArrayList<>(0);
    /** The first position retained by the log, as far as reported during loading; guarded by {@link #lock}. */
    private long deferredFirst;
    /** Set once; afterwards only the writer thread modifies the room. */
    private volatile @Nullable Held room;
    /** Null once the room is open, as it would reference the room strongly. */
    private volatile @Nullable CompletableFuture<Room> stage = new CompletableFuture<>();

    PendingRoom(RoomName name, ReferenceQueue<Room> released) {
        this.name = name;
        this.released = released;
    }

    RoomName name() {
        return name;
    }

    /** The room, or null if it has been reclaimed. */
    @Nullable
    CompletionStage<Room> stage() {
        CompletableFuture<Room> pending = stage;
        if (pending != null) {
            return pending;
        }
        Room open = room();
        return open == null ? null : CompletableFuture.completedFuture(open);
    }

    /** The room from when the callers of {@link #stage} receive it; null before, and after it has been reclaimed. */
    @Nullable
    Room received() {
        CompletableFuture<Room> pending = stage;
        if (pending == null) {
            return room();
        }
        return pending.isDone() && !pending.isCompletedExceptionally() ? pending.join() : null;
    }

    /** The room, or null while it is being loaded and after it has been reclaimed. */
    @Nullable
    Room room() {
        Held held = room;
        return held == null ? null : held.get();
    }

    private CompletableFuture<Room> loading() {
        return Objects.requireNonNull(stage, () -> "Room " + name + " is already open");
    }

    void fail(Throwable cause) {
        loading().completeExceptionally(cause);
    }

    /** The loaded extent without the deferred messages at its end, which {@link #done} adds. */
    Extent withoutDeferred(Extent loaded) {
        lock.lock();
        try {
            long last = loaded.last();
            for (int i = deferred.size() - 1; i >= 0 && last >= loaded.first(); i--) {
                if (deferred.get(i).message().position().number() == last) {
                    last--;
                }
            }
            return new Extent(loaded.epoch(), loaded.first(), last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Passes the room to all pending callers, then adds the messages that were deferred after {@code loaded}; returns
     * whether any were added. Deferred messages up to {@code loaded} are added first: they are in memory, with the
     * numbers of their commits.
     */
    boolean done(Room opened, long loaded) {
        addDeferred(opened, loaded);
        loading().complete(opened);
        lock.lock();
        try {
            long tail = opened.tail();
            opened.trim(deferredFirst);
            addDeferred(opened, Long.MAX_VALUE);
            deferred.clear();
            room = new Held(opened, this, released);
            stage = null;
            return opened.tail() > tail;
        } finally {
            lock.unlock();
        }
    }

    private void addDeferred(Room opened, long last) {
        lock.lock();
        try {
            for (Deferred one : deferred) {
                long position = one.message().position().number();
                if (position > opened.tail() && position <= last) {
                    opened.grow(one.message(), one.sequence(), one.audience());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Defers a committed message while the room is being loaded. Called on the writer thread.
     *
     * @return false if the room is open or has been
     */
    boolean defer(Message message, long sequence, Audience audience) {
        lock.lock();
        try {
            boolean loading = room == null;
            if (loading) {
                deferred.add(new Deferred(message, sequence, audience));
            }
            return loading;
        } finally {
            lock.unlock();
        }
    }

    /** Applies the removal of messages before {@code first} by retention. Called on the writer thread. */
    void trim(long first) {
        lock.lock();
        try {
            Room open = room();
            if (open != null) {
                open.trim(first);
            } else if (room == null) {
                deferredFirst = Math.max(deferredFirst, first);
            }
        } finally {
            lock.unlock();
        }
    }
}
