package veche.socket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/** A room that somebody on this node follows: its tapes, and its shares on the carriers. Thread-safe. */
final class Feed {
    private final Room room;
    private final int batchBytes;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<MessageEncoder, Tape> tapes = new HashMap<>();
    private final Map<MessageEncoder, Integer> uses = new HashMap<>();
    /** How many carriers have entered; counted by {@link Feeds} alone. */
    int workers;

    Feed(Room room, int batchBytes) {
        this.room = room;
        this.batchBytes = batchBytes;
    }

    Room room() {
        return room;
    }

    void grown() {
        shares.forEach(Share::signal);
    }

    /** The one tape of that wording, until released as often as taken. */
    Tape tape(MessageEncoder encoder) {
        lock.lock();
        try {
            uses.merge(encoder, 1, Integer::sum);
            return tapes.computeIfAbsent(encoder, unworded -> new Tape(room, unworded, batchBytes));
        } finally {
            lock.unlock();
        }
    }

    void release(MessageEncoder encoder) {
        lock.lock();
        try {
            if (uses.merge(encoder, -1, (had, one) -> had == 1 ? null : had - 1) == null) {
                tapes.remove(encoder);
            }
        } finally {
            lock.unlock();
        }
    }

    /** In how many wordings it is listened to. */
    int tapes() {
        lock.lock();
        try {
            return tapes.size();
        } finally {
            lock.unlock();
        }
    }

    void joined(Share share) {
        shares.add(share);
    }

    void left(Share share, boolean empty) {
        if (empty) {
            shares.remove(share);
            share.worker().drop(share);
        }
    }
}
