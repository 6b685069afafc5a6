package veche.delivery;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.MessageEncoder;
import veche.room.Entry;
import veche.room.Room;

/**
 * An event loop that writes to its share of the connections. Its state is confined to its thread; other threads pass
 * work to it through two queues. Each iteration first marks the cursors of all rooms with new messages and then serves
 * the ready connections in turn, so that no room and no client delays another.
 */
final class DeliveryWorker implements Runnable {
    private static final System.Logger LOG = System.getLogger(DeliveryWorker.class.getName());

    private final Queue<Subscribers> grown = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    /** Modified only by the worker; read by the thread that announces new messages of a room. */
    private final Map<Room, Subscribers> rooms = new ConcurrentHashMap<>();

    private final EncodedLogs logs;
    private final LongSupplier sequence;
    private final ScheduledExecutorService timer;
    private final List<Subscribers> beyondHorizon = new ArrayList<>();
    private long horizon;
    private int batches;
    private volatile @Nullable Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopped;

    /** @param sequence supplies the number of the latest commit that was announced to the rooms */
    DeliveryWorker(EncodedLogs logs, LongSupplier sequence, ScheduledExecutorService timer) {
        this.logs = logs;
        this.sequence = sequence;
        this.timer = timer;
    }

    /** The cursors of one room on this worker. Confined to the worker, except {@link #signal}. */
    final class Subscribers {
        private final Room room;
        private final AtomicBoolean signalled = new AtomicBoolean();
        private final List<RoomCursor> cursors = new ArrayList<>();
        private long passed;

        private Subscribers(Room room) {
            this.room = room;
        }

        Room room() {
            return room;
        }

        /**
         * The room's end at the latest pass, without messages beyond {@link #horizon}. Cursors advance up to it only,
         * so that no message overtakes an earlier one of another room, and batches end at it, so that connections
         * served together share them.
         */
        long passed() {
            return passed;
        }

        private void signal() {
            if (signalled.compareAndSet(false, true)) {
                grown.add(this);
                wakeUp();
            }
        }

        private void pass() {
            signalled.set(false);
            passUpToHorizon();
            for (int i = 0; i < cursors.size(); i++) {
                cursors.get(i).wake();
            }
        }

        private void passUpToHorizon() {
            long tail = room.tail();
            long end = tail;
            Entry entry = room.recent(end);
            while (entry != null && entry.sequence() > horizon) {
                end--;
                entry = room.recent(end);
            }
            passed = Math.max(passed, end);
            if (end < tail && signalled.compareAndSet(false, true)) {
                // Signalled before the commit's number was published: passed again once it is.
                beyondHorizon.add(this);
            }
        }

        private void add(RoomCursor cursor) {
            passUpToHorizon();
            cursor.index = cursors.size();
            cursors.add(cursor);
        }

        private boolean remove(RoomCursor cursor) {
            int last = cursors.size() - 1;
            int index = cursor.index;
            if (index > last || cursors.get(index) != cursor) {
                return false;
            }
            RoomCursor moved = cursors.remove(last);
            if (moved != cursor) {
                cursors.set(index, moved);
                moved.index = index;
            }
            return true;
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopped) {
            if (!runOnce()) {
                sleep();
            }
        }
    }

    /** Runs one iteration of the loop, which is bounded; returns false if there was nothing to do. */
    boolean runOnce() {
        boolean busy = passGrown();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
            busy = true;
        }
        for (int turns = ready.size(); turns > 0; turns--) {
            ready.poll().run();
            busy = true;
        }
        return busy;
    }

    /** Marks the cursors of all rooms with new messages; writes nothing. */
    boolean passGrown() {
        // Read first: rooms with messages up to this number have been signalled.
        long published = sequence.getAsLong();
        boolean any = !beyondHorizon.isEmpty();
        if (published != horizon) {
            horizon = published;
            grown.addAll(beyondHorizon);
            beyondHorizon.clear();
        }
        for (Subscribers subscribers = grown.poll(); subscribers != null; subscribers = grown.poll()) {
            subscribers.pass();
            any = true;
        }
        return any;
    }

    /**
     * The number of a commit such that the cursors of all rooms with messages up to it have been marked; later messages
     * wait for the next pass.
     */
    long horizon() {
        return horizon;
    }

    private void sleep() {
        asleep = true;
        if (grown.isEmpty() && tasks.isEmpty() && !stopped) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void wakeUp() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Announces new messages of a room; called on any thread. */
    void grown(Room room) {
        Subscribers subscribers = rooms.get(room);
        if (subscribers != null) {
            subscribers.signal();
        }
    }

    /** Runs a task on this worker, in order of submission; called on any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        wakeUp();
    }

    /** Runs a task on this worker after a delay; called on any thread. */
    void schedule(Runnable task, long delay, TimeUnit unit) {
        timer.schedule(() -> execute(task), delay, unit);
    }

    /** Queues a connection's flush, which must not throw; called on this worker only. */
    void ready(Runnable flush) {
        ready.add(flush);
    }

    /** Adds a cursor positioned after {@code after}; called on this worker only. */
    RoomCursor follow(RoomCursor.Owner owner, Room room, long after, MessageEncoder encoder, Object listener) {
        Subscribers subscribers = rooms.computeIfAbsent(room, Subscribers::new);
        RoomCursor cursor = new RoomCursor(owner, this, subscribers, logs.acquire(room, encoder), after, listener);
        subscribers.add(cursor);
        return cursor;
    }

    /** Removes a cursor. Idempotent; called on this worker only. */
    void unfollow(RoomCursor cursor) {
        Subscribers subscribers = cursor.subscribers();
        if (subscribers.remove(cursor)) {
            logs.release(cursor.log());
            if (subscribers.cursors.isEmpty()) {
                rooms.remove(subscribers.room());
            }
        }
    }

    /** Returns the sequence number of the next batch that this worker sends; called on this worker only. */
    int nextBatch() {
        batches = batches + 1 & Integer.MAX_VALUE;
        return batches;
    }

    /** The number of rooms that this worker's connections follow. */
    int rooms() {
        return rooms.size();
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Delivery worker task failed; the worker continues", e);
        }
    }

    void stop() {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
