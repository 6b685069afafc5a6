package veche.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.Wording;
import veche.room.Entry;
import veche.room.Room;

/**
 * One client: its cursors, what waits for it alone, and its one writer. Any thread may call what {@link Client} has; all
 * else is touched by its carrier only.
 */
final class Connection implements Client {
    /** Runs written to one client before others have their turn. */
    private static final int RUNS_PER_TURN = 4;

    private enum Write {
        IDLE,
        STARTED,
        UNDER_WAY,
        DONE
    }

    private final String id;
    private final Wire wire;
    private final Carrier carrier;
    private final Fanout fanout;
    private final Limits limits;
    private final Outbox outbox;
    private final Runnable turn = this::turn;
    private final Consumer<Throwable> done = this::written;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final AtomicReference<Write> write = new AtomicReference<>(Write.IDLE);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Runnable> atEnd = new AtomicReference<>(() -> {});

    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private final ArrayDeque<Subscription> dirty = new ArrayDeque<>(2);
    private boolean queued;
    private boolean pingDue;
    private int writing;
    private volatile long writingSince;
    private volatile Throwable failure;
    private volatile long pingedAt = System.nanoTime();
    private volatile long heardAt = pingedAt;

    Connection(String id, Wire wire, Carrier carrier, Fanout fanout) {
        this.id = id;
        this.wire = wire;
        this.carrier = carrier;
        this.fanout = fanout;
        this.limits = fanout.limits();
        this.outbox = new Outbox(fanout.nodePending());
    }

    @Override
    public String id() {
        return id;
    }

    Limits limits() {
        return limits;
    }

    @Override
    public void send(Frame frame) {
        add(new Outbox.Item.Send(fanout.sequence(), frame));
        long pending = outbox.pending();
        if (write.get() == Write.UNDER_WAY && pending > limits.maxPendingBytes() && pending > 2L * frame.weight()) {
            tooSlow();
        } else if (pending > limits.runBytes() && fanout.nodePending().sum() > limits.maxNodePendingBytes()) {
            overrun("The server's memory for slow clients is full; come back");
        }
    }

    private void tooSlow() {
        overrun("Too slow: more than " + limits.maxPendingBytes() + " bytes wait; come back");
    }

    @Override
    public Following follow(Room room, long after, Wording wording, Object listener) {
        Start start = new Start(room, after, wording, listener);
        add(new Outbox.Item.Start(fanout.sequence(), start));
        return start;
    }

    @Override
    public void close(CloseCode code, String reason) {
        add(new Outbox.Item.Close(fanout.sequence(), code, reason));
    }

    @Override
    public void closeAfter(Duration delay, CloseCode code, String reason) {
        carrier.later(() -> close(code, reason), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void fail(Throwable why) {
        fanout.failed(this, why);
    }

    private void add(Outbox.Item item) {
        if (ended.get()) {
            return;
        }
        outbox.add(item);
        if (ended.get()) {
            carrier.execute(outbox::clear);
        } else {
            signal();
        }
    }

    private void signal() {
        if (signalled.compareAndSet(false, true)) {
            carrier.execute(turn);
        }
    }

    private void turn() {
        signalled.set(false);
        makeReady();
    }

    /** A subscription has something to say. */
    void wake(Subscription subscription) {
        if (!subscription.dirty) {
            subscription.dirty = true;
            dirty.add(subscription);
        }
        if (write.get() == Write.UNDER_WAY) {
            checkLag(subscription);
        } else {
            makeReady();
        }
    }

    private void checkLag(Subscription subscription) {
        if (subscription.lag() + outbox.pending() + writing > limits.maxPendingBytes() + (long) limits.runBytes()) {
            tooSlow();
        }
    }

    private void makeReady() {
        if (!queued && !ended.get()) {
            queued = true;
            carrier.ready(this);
        }
    }

    void forget(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Writes what there is, as long as the client takes it, a few runs at most. */
    void pump() {
        queued = false;
        try {
            write();
        } catch (RuntimeException e) {
            fanout.failed(this, e);
        }
    }

    private void write() {
        for (int runs = 0; runs < RUNS_PER_TURN; runs++) {
            if (!writable()) {
                return;
            }
            Run run = next();
            if (run == null) {
                return;
            }
            hand(run);
        }
        makeReady();
    }

    private boolean writable() {
        if (write.compareAndSet(Write.DONE, Write.IDLE)) {
            writing = 0;
            if (failure != null) {
                fanout.lost(this, failure);
                return false;
            }
        }
        if (write.get() != Write.IDLE || ended.get()) {
            return false;
        }
        if (pingDue) {
            pingDue = false;
            wire.ping();
        }
        return true;
    }

    private void hand(Run run) {
        writing = run.weight();
        writingSince = System.nanoTime();
        write.set(Write.STARTED);
        try {
            wire.send(run, done);
        } catch (RuntimeException e) {
            // Some containers throw and forget the handler, others do both.
            if (write.get() == Write.STARTED) {
                written(e);
            }
        }
        write.compareAndSet(Write.STARTED, Write.UNDER_WAY);
    }

    private void written(Throwable why) {
        failure = why;
        if (!write.compareAndSet(Write.STARTED, Write.DONE)) {
            write.set(Write.DONE);
            signal();
        }
    }

    private Run next() {
        while (outbox.isEmpty() && dirty.size() == 1) {
            Run run = dirty.peek().next();
            if (run == null) {
                dirty.poll().dirty = false;
            } else if (!run.isEmpty()) {
                return run;
            }
        }
        return outbox.isEmpty() && dirty.isEmpty() ? null : merged();
    }

    private Run merged() {
        carrier.passGrown();
        Merge merge = new Merge(limits.runBytes());
        boolean more = true;
        while (more && !merge.full() && !ended.get()) {
            Outbox.Item head = outbox.peek();
            more = says(merge, head == null ? Long.MAX_VALUE : head.sequence()) || takes(merge, head);
        }
        return merge.run();
    }

    /** Adds the earliest message of the rooms followed that was committed up to {@code sequence}. */
    private boolean says(Merge merge, long sequence) {
        Subscription first = null;
        Entry earliest = null;
        for (int turns = dirty.size(); turns > 0; turns--) {
            Subscription subscription = dirty.poll();
            Run backlog = subscription.peek() == null ? subscription.next() : null;
            if (backlog != null) {
                dirty.add(subscription);
                merge.add(backlog);
                return true;
            }
            Entry entry = subscription.peek();
            if (entry == null) {
                subscription.dirty = false;
                continue;
            }
            dirty.add(subscription);
            if (entry.sequence() <= sequence && (earliest == null || entry.sequence() < earliest.sequence())) {
                earliest = entry;
                first = subscription;
            }
        }
        if (first != null) {
            merge.add(first.voice().wording(), first.take(earliest));
        }
        return first != null;
    }

    private boolean takes(Merge merge, Outbox.Item head) {
        if (head == null) {
            return false;
        }
        if (head instanceof Outbox.Item.Close close) {
            if (!merge.isEmpty()) {
                return false;
            }
            outbox.poll();
            end(close.code(), close.reason());
            return false;
        }
        outbox.poll();
        if (head instanceof Outbox.Item.Send send) {
            merge.add(send.frame());
        } else if (head instanceof Outbox.Item.Start start) {
            start.start().run();
        }
        return true;
    }

    /** A ping goes out as soon as no write is under way; a write that never ends has a time limit of its own. */
    void ping(long now) {
        pingedAt = now;
        carrier.execute(() -> {
            pingDue = true;
            makeReady();
        });
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    long pingedAt() {
        return pingedAt;
    }

    /** How long nothing was heard since the last ping, in nanoseconds; 0 or less where something was. */
    long unansweredFor(long now) {
        return heardAt - pingedAt >= 0 ? 0 : now - pingedAt;
    }

    /** How long the write under way has taken, in nanoseconds; 0 where there is none. */
    long stalledFor(long now) {
        return write.get() == Write.UNDER_WAY ? now - writingSince : 0;
    }

    boolean ended() {
        return ended.get();
    }

    /** The client does not keep up: what waits for it is given up, the log still holds it. */
    void overrun(String reason) {
        end(CloseCode.TRY_AGAIN_LATER, reason);
    }

    /** Ends it at once, whatever still waits. */
    void end(CloseCode code, String reason) {
        if (release()) {
            fanout.close(this, wire, code, reason);
        }
    }

    /** Runs that once when the connection ends, or at once if it has; not on a carrier. */
    void atEnd(Runnable action) {
        atEnd.set(action);
        if (ended.get()) {
            runAtEnd();
        }
    }

    private void runAtEnd() {
        fanout.execute(atEnd.getAndSet(() -> {}));
    }

    /** Gives back all it holds; true for the first caller. */
    boolean release() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        runAtEnd();
        carrier.execute(() -> {
            outbox.clear();
            dirty.clear();
            new ArrayList<>(subscriptions).forEach(Subscription::stop);
        });
        return true;
    }

    private final class Start implements Runnable, Following {
        private final Room room;
        private final long after;
        private final Wording wording;
        private final Object listener;
        private volatile boolean stopped;
        private volatile Subscription started;

        private Start(Room room, long after, Wording wording, Object listener) {
            this.room = room;
            this.after = after;
            this.wording = wording;
            this.listener = listener;
        }

        @Override
        public void run() {
            if (stopped || ended.get()) {
                return;
            }
            Subscription subscription = carrier.follow(Connection.this, room, after, wording, listener);
            subscriptions.add(subscription);
            started = subscription;
            wake(subscription);
            if (stopped) {
                subscription.stop();
            }
        }

        @Override
        public void stop() {
            stopped = true;
            Subscription subscription = started;
            if (subscription != null) {
                subscription.stop();
            }
        }
    }
}
