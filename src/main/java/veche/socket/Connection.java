package veche.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/**
 * One client: its cursors, what waits for it alone, and its one writer. Any thread may call what {@link Client} has, and
 * whatever ends it; the rest belongs to its carrier.
 */
final class Connection implements Client {
    /** Runs written to one client before others have their turn. */
    private static final int BATCHES_PER_TURN = 4;

    private final String id;
    private final Transport transport;
    private final DeliveryWorker worker;
    private final Fanout fanout;
    private final ConnectionLimits limits;
    private final Outbox outbox;
    private final SendScheduler scheduler;
    private final WriteState writing;
    private final KeepAlive keepAlive = new KeepAlive();
    private final Turn turn;
    private final ConnectionStats sent = new ConnectionStats();
    private final Closing finish;
    private final List<RoomCursor> subscriptions = new ArrayList<>(1);
    private boolean pingDue;
    /** What it had not yet taken of a room, when that was last looked at while a write was under way. */
    private volatile long lag;

    Connection(String id, Transport transport, DeliveryWorker worker, Fanout fanout) {
        this.id = id;
        this.transport = transport;
        this.worker = worker;
        this.fanout = fanout;
        this.limits = fanout.limits();
        this.outbox = new Outbox(fanout.nodePending());
        this.scheduler = new SendScheduler(outbox, worker, limits.batchBytes(), close -> end(close.code(), close.reason()));
        this.turn = new Turn(worker, this);
        this.writing = new WriteState(transport, turn::signal);
        this.finish = new Closing(fanout::execute);
    }

    @Override
    public String id() {
        return id;
    }

    ConnectionLimits limits() {
        return limits;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    @Override
    public void send(Frame frame) {
        add(new Outbox.Item.Send(fanout.sequence(), frame));
        long pending = outbox.pending();
        if (writing.underWay() && pending > limits.maxPendingBytes() && pending > 2L * frame.weight()) {
            tooSlow();
        } else if (pending > limits.batchBytes() && fanout.nodePending().sum() > limits.maxNodePendingBytes()) {
            overrun("The server's memory for slow clients is full; come back");
        }
    }

    @Override
    public Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
        PendingSubscription pending = new PendingSubscription(this, room, after, encoder, listener);
        add(new Outbox.Item.Start(fanout.sequence(), pending));
        return pending;
    }

    @Override
    public void close(CloseCode code, String reason) {
        add(new Outbox.Item.Close(fanout.sequence(), code, reason));
    }

    @Override
    public void closeAfter(Duration delay, CloseCode code, String reason) {
        worker.later(() -> close(code, reason), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void fail(Throwable why) {
        fanout.failed(this, why);
    }

    private void add(Outbox.Item item) {
        if (finish.hasCome()) {
            return;
        }
        outbox.add(item);
        if (finish.hasCome()) {
            worker.execute(outbox::clear);
        } else {
            turn.signal();
        }
    }

    /** Puts a cursor into a room; on the carrier. */
    RoomCursor begin(Room room, long after, MessageEncoder encoder, Object listener) {
        RoomCursor subscription = worker.follow(this, room, after, encoder, listener);
        subscriptions.add(subscription);
        wake(subscription);
        return subscription;
    }

    void forget(RoomCursor subscription) {
        subscriptions.remove(subscription);
    }

    /** A subscription has something to say; on the carrier. */
    void wake(RoomCursor subscription) {
        scheduler.mark(subscription);
        if (writing.underWay()) {
            checkLag(subscription);
        } else {
            turn.queue();
        }
    }

    /** What waits counts only while the client does not take what it was given: a busy carrier is not its fault. */
    private void checkLag(RoomCursor subscription) {
        lag = subscription.lag();
        long waits = lag + outbox.pending();
        if (waits > limits.maxPendingBytes() + (long) limits.batchBytes()) {
            tooSlow();
        }
    }

    /** Writes what there is, as long as the client takes it, a few runs at most; on the carrier. */
    void pump() {
        turn.begin();
        try {
            for (int batches = 0; batches < BATCHES_PER_TURN; batches++) {
                FrameBatch batch = writable() ? scheduler.next() : null;
                if (batch == null) {
                    return;
                }
                writing.hand(batch);
                fanout.traffic().sent(batch);
                fanout.traffic().delivered(batch, worker.nextBatch());
                lag = 0;
                sent.add(batch);
            }
            turn.queue();
        } catch (RuntimeException | Error e) {
            // An Error too: it would end the carrier, and with it all of its connections.
            fail(e);
        }
    }

    private boolean writable() {
        if (finish.hasCome() || !writing.free()) {
            return false;
        }
        if (writing.failure() != null) {
            fanout.lost(this, writing.failure());
            return false;
        }
        if (pingDue) {
            pingDue = false;
            transport.ping();
        }
        return true;
    }

    /** About how many bytes wait for this client, private or, where it takes nothing, of a room. */
    long pendingBytes() {
        return outbox.pending() + (writing.underWay() ? lag : 0);
    }

    ConnectionStats sent() {
        return sent;
    }

    Transport transport() {
        return transport;
    }

    String transportName() {
        return transport.getClass().getSimpleName();
    }

    /** A ping goes out as soon as no write is under way; a write that never ends has a time limit of its own. */
    void ping(long now) {
        keepAlive.pinged(now);
        worker.execute(() -> {
            pingDue = true;
            turn.queue();
        });
    }

    /** How long the write under way has taken, in nanoseconds; 0 where there is none. */
    long stalledFor(long now) {
        return writing.stalledFor(now);
    }

    private void tooSlow() {
        overrun("Too slow: more than " + limits.maxPendingBytes() + " bytes wait; come back");
    }

    /** The client does not keep up: what waits for it is given up, the log still holds it. */
    void overrun(String reason) {
        end(CloseCode.TRY_AGAIN_LATER, reason);
    }

    /** Ends it at once, whatever still waits. */
    void end(CloseCode code, String reason) {
        if (finish.come(CloseStatus.ofServer(code.number(), reason))) {
            // Before anyone is told that it has ended, so that a stopping server waits for the close frame too.
            fanout.close(this, transport, code, reason);
            giveBack();
        }
    }

    /** Cuts it at once, without a close frame. */
    void drop() {
        if (finish.come(CloseStatus.ofServer(CloseStatus.LOST, ""))) {
            fanout.drop(this, transport);
            giveBack();
        }
    }

    /** The socket is gone, with that code: gives back all that it holds. */
    void release(int code) {
        if (finish.come(CloseStatus.ofClient(code))) {
            giveBack();
        }
    }

    private void giveBack() {
        finish.act();
        worker.execute(() -> {
            scheduler.clear();
            List<String> rooms = subscriptions.stream()
                    .map(subscription -> subscription.room().name().toString())
                    .distinct()
                    .toList();
            new ArrayList<>(subscriptions).forEach(RoomCursor::stop);
            finish.tell(rooms);
        });
    }

    /** How it ended; {@link CloseStatus#NONE} before. */
    CloseStatus closeStatus() {
        return finish.closeStatus();
    }

    boolean ended() {
        return finish.hasCome();
    }

    /** Runs that once when the connection ends, or at once if it has; not on a carrier. */
    void atEnd(Runnable action) {
        finish.leave(action);
    }

    /** Is told at the end how it ended, and which rooms were followed then. */
    void onClosed(BiConsumer<CloseStatus, List<String>> told) {
        finish.onClosed(told);
    }
}
