package veche.dialect.soap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import veche.dialect.Client;
import veche.room.Author;
import veche.room.Presence;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;

/** The rooms that one connection has joined. Thread-safe; the lock is never held during a blocking operation. */
final class Memberships {
    private final RoomSession roomSession;
    private final int maxRooms;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RoomName, Membership> rooms = new HashMap<>();
    private boolean closed;

    Memberships(RoomSession roomSession, int maxRooms) {
        this.roomSession = roomSession;
        this.maxRooms = maxRooms;
    }

    /** The membership in one room. */
    final class Membership {
        private final Presence.Stay stay;
        private Client.Following messages = () -> {};
        private Client.Following signals = () -> {};
        private boolean ended;

        private Membership(Presence.Stay stay) {
            this.stay = stay;
        }

        /** Subscribes to messages and signals, unless the membership has ended in the meantime. */
        void listen(Supplier<Client.Following> toMessages, Supplier<Client.Following> toSignals) {
            locked(() -> {
                if (!ended) {
                    messages = toMessages.get();
                    signals = toSignals.get();
                }
            });
        }

        private void end() {
            ended = true;
            messages.stop();
            signals.stop();
            stay.end();
        }
    }

    /**
     * Joins a room. An existing membership in the room is replaced, without a leave visible to others.
     *
     * @throws RefusedException if the limit of rooms is reached, the connection is closed, or the user may not enter
     */
    Membership join(RoomName room, Author author) {
        lock.lock();
        try {
            if (closed || rooms.size() >= maxRooms && !rooms.containsKey(room)) {
                throw new RefusedException(
                        RefusedException.Reason.TOO_BIG, "A connection can join at most " + maxRooms + " rooms");
            }
            Membership membership = new Membership(roomSession.enter(room, author));
            Membership before = rooms.put(room, membership);
            if (before != null) {
                before.end();
            }
            return membership;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves a room. Does nothing if the connection has not joined it. */
    void leave(RoomName room) {
        locked(() -> {
            Membership membership = rooms.remove(room);
            if (membership != null) {
                membership.end();
            }
        });
    }

    /** Leaves all rooms; later joins are refused. */
    void close() {
        locked(() -> {
            closed = true;
            List.copyOf(rooms.values()).forEach(Membership::end);
            rooms.clear();
        });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
