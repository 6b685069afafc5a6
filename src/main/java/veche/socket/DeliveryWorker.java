package veche.socket;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/**
 * One thread that writes for its share of the connections. All that it owns is touched by it alone; other threads reach
 * it through its two queues. First it lets all grown rooms mark their followers, then it writes to one connection after
 * the other, so no room and no client holds up another.
 */
final class DeliveryWorker implements Runnable {
    private static final System.Logger LOG = System.getLogger(DeliveryWorker.class.getName());

    private final Queue<Share> grown = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Connection> ready = new ArrayDeque<>();
    private final Map<Room, Share> shares = new HashMap<>();
    private final Feeds feeds;
    private final ScheduledExecutorService timer;
    private int runs;
    private volatile Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopped;

    DeliveryWorker(Feeds feeds, ScheduledExecutorService timer) {
        this.feeds = feeds;
        this.timer = timer;
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

    /** Does what waits, a bounded piece of it; false where there was nothing. */
    boolean runOnce() {
        boolean busy = passGrown();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
            busy = true;
        }
        for (int turns = ready.size(); turns > 0; turns--) {
            ready.poll().pump();
            busy = true;
        }
        return busy;
    }

    /** Lets all rooms that have grown mark their followers; writes nothing. */
    boolean passGrown() {
        boolean any = false;
        for (Share share = grown.poll(); share != null; share = grown.poll()) {
            share.pass();
            any = true;
        }
        return any;
    }

    private void sleep() {
        asleep = true;
        if (grown.isEmpty() && tasks.isEmpty() && !stopped) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void awake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void grown(Share share) {
        grown.add(share);
        awake();
    }

    /** Runs a task on this carrier, after those given before; on any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        awake();
    }

    void later(Runnable task, long delay, TimeUnit unit) {
        if (!stopped) {
            timer.schedule(() -> execute(task), delay, unit);
        }
    }

    /** Gives the connection a turn; on this carrier only. */
    void ready(Connection connection) {
        ready.add(connection);
    }

    /** Puts a cursor behind {@code after}; on this carrier only. */
    RoomCursor follow(Connection connection, Room room, long after, MessageEncoder encoder, Object listener) {
        Share share = shares.get(room);
        if (share == null) {
            Feed feed = feeds.enter(room);
            share = new Share(feed, this);
            shares.put(room, share);
            feed.joined(share);
        }
        RoomCursor subscription = new RoomCursor(connection, share, share.voice(encoder), after, listener);
        share.add(subscription);
        return subscription;
    }

    void drop(Share share) {
        shares.remove(share.room());
        feeds.leave(share.room());
    }

    /** The number of one more run that it hands over; on this carrier only. */
    int nextBatch() {
        return runs = runs + 1 & Integer.MAX_VALUE;
    }

    /** How many rooms are followed by its connections. */
    int shares() {
        return shares.size();
    }

    void report(String what, Throwable why) {
        LOG.log(System.Logger.Level.ERROR, what, why);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report("A carrier's task failed; the carrier goes on", e);
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
