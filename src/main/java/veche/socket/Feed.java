package veche.socket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import veche.dialect.Wording;
import veche.room.Room;

/** A room that somebody on this node follows: its tapes, and its shares on the carriers. Thread-safe. */
final class Feed {
    private final Room room;
    private final int runBytes;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Wording, Tape> tapes = new HashMap<>();
    private final Map<Wording, Integer> uses = new HashMap<>();
    /** How many carriers have entered; counted by {@link Feeds} alone. */
    int carriers;

    Feed(Room room, int runBytes) {
        this.room = room;
        this.runBytes = runBytes;
    }

    Room room() {
        return room;
    }

    void grown() {
        shares.forEach(Share::signal);
    }

    /** The one tape of that wording, until released as often as taken. */
    Tape tape(Wording wording) {
        lock.lock();
        try {
            uses.merge(wording, 1, Integer::sum);
            return tapes.computeIfAbsent(wording, unworded -> new Tape(room, unworded, runBytes));
        } finally {
            lock.unlock();
        }
    }

    void release(Wording wording) {
        lock.lock();
        try {
            if (uses.merge(wording, -1, (had, one) -> had == 1 ? null : had - 1) == null) {
                tapes.remove(wording);
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
            share.carrier().drop(share);
        }
    }
}
