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

/** The rooms that one connection is in. Thread-safe; the lock is never held while anything is waited for. */
final class Memberships {
    private final RoomSession roomSession;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RoomName, Membership> rooms = new HashMap<>();
    private boolean closed;

    Memberships(RoomSession roomSession, int most) {
        this.roomSession = roomSession;
        this.most = most;
    }

    /** One room's. */
    final class Membership {
        private final Presence.Stay stay;
        private Client.Following messages;
        private Client.Following signals;
        private boolean ended;

        private Membership(Presence.Stay stay) {
            this.stay = stay;
        }

        /** Begins to listen, unless it has ended meanwhile. */
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
            if (messages != null) {
                messages.stop();
                signals.stop();
            }
            stay.end();
        }
    }

    /**
     * Comes into a room; who was there already begins anew, without having been away.
     *
     * @throws RefusedException where it is in too many already, the connection has ended, or the visitor may not come in
     */
    Membership join(RoomName room, Author author) {
        lock.lock();
        try {
            if (closed || rooms.size() >= most && !rooms.containsKey(room)) {
                throw new RefusedException(
                        RefusedException.Reason.TOO_BIG, "A connection can be in " + most + " rooms");
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

    /** Leaves a room; who is not there is not told so. */
    void leave(RoomName room) {
        locked(() -> {
            Membership membership = rooms.remove(room);
            if (membership != null) {
                membership.end();
            }
        });
    }

    /** Leaves all rooms for good. */
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
