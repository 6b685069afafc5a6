package veche.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.Wording;
import veche.room.Room;

/**
 * One client: its cursors, what waits for it alone, and its one writer. Any thread may call what {@link Client} has, and
 * whatever ends it; the rest belongs to its carrier.
 */
final class Connection implements Client {
    /** Runs written to one client before others have their turn. */
    private static final int RUNS_PER_TURN = 4;

    private final String id;
    private final Wire wire;
    private final Carrier carrier;
    private final Fanout fanout;
    private final Limits limits;
    private final Outbox outbox;
    private final Agenda agenda;
    private final Writing writing;
    private final Pulse pulse = new Pulse();
    private final Turn turn;
    private final Tally sent = new Tally();
    private final Finish finish;
    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private boolean pingDue;
    /** What it had not yet taken of a room, when that was last looked at while a write was under way. */
    private volatile long lag;

    Connection(String id, Wire wire, Carrier carrier, Fanout fanout) {
        this.id = id;
        this.wire = wire;
        this.carrier = carrier;
        this.fanout = fanout;
        this.limits = fanout.limits();
        this.outbox = new Outbox(fanout.nodePending());
        this.agenda = new Agenda(outbox, carrier, limits.runBytes(), close -> end(close.code(), close.reason()));
        this.turn = new Turn(carrier, this);
        this.writing = new Writing(wire, turn::signal);
        this.finish = new Finish(fanout::execute);
    }

    @Override
    public String id() {
        return id;
    }

    Limits limits() {
        return limits;
    }

    Pulse pulse() {
        return pulse;
    }

    @Override
    public void send(Frame frame) {
        add(new Outbox.Item.Send(fanout.sequence(), frame));
        long pending = outbox.pending();
        if (writing.underWay() && pending > limits.maxPendingBytes() && pending > 2L * frame.weight()) {
            tooSlow();
        } else if (pending > limits.runBytes() && fanout.nodePending().sum() > limits.maxNodePendingBytes()) {
            overrun("The server's memory for slow clients is full; come back");
        }
    }

    @Override
    public Following follow(Room room, long after, Wording wording, Object listener) {
        Entrance entrance = new Entrance(this, room, after, wording, listener);
        add(new Outbox.Item.Start(fanout.sequence(), entrance));
        return entrance;
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
        if (finish.hasCome()) {
            return;
        }
        outbox.add(item);
        if (finish.hasCome()) {
            carrier.execute(outbox::clear);
        } else {
            turn.signal();
        }
    }

    /** Puts a cursor into a room; on the carrier. */
    Subscription begin(Room room, long after, Wording wording, Object listener) {
        Subscription subscription = carrier.follow(this, room, after, wording, listener);
        subscriptions.add(subscription);
        wake(subscription);
        return subscription;
    }

    void forget(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** A subscription has something to say; on the carrier. */
    void wake(Subscription subscription) {
        agenda.mark(subscription);
        if (writing.underWay()) {
            checkLag(subscription);
        } else {
            turn.queue();
        }
    }

    /** What waits counts only while the client does not take what it was given: a busy carrier is not its fault. */
    private void checkLag(Subscription subscription) {
        lag = subscription.lag();
        long waits = lag + outbox.pending();
        if (waits > limits.maxPendingBytes() + (long) limits.runBytes()) {
            tooSlow();
        }
    }

    /** Writes what there is, as long as the client takes it, a few runs at most; on the carrier. */
    void pump() {
        turn.begin();
        try {
            for (int runs = 0; runs < RUNS_PER_TURN; runs++) {
                Run run = writable() ? agenda.next() : null;
                if (run == null) {
                    return;
                }
                writing.hand(run);
                fanout.traffic().sent(run);
                fanout.traffic().delivered(run, carrier.nextRun());
                lag = 0;
                sent.add(run);
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
            wire.ping();
        }
        return true;
    }

    /** About how many bytes wait for this client, private or, where it takes nothing, of a room. */
    long pendingBytes() {
        return outbox.pending() + (writing.underWay() ? lag : 0);
    }

    Tally sent() {
        return sent;
    }

    Wire wire() {
        return wire;
    }

    String wireName() {
        return wire.getClass().getSimpleName();
    }

    /** A ping goes out as soon as no write is under way; a write that never ends has a time limit of its own. */
    void ping(long now) {
        pulse.pinged(now);
        carrier.execute(() -> {
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
        if (finish.come(Ending.ofServer(code.number(), reason))) {
            // Before anyone is told that it has ended, so that a stopping server waits for the close frame too.
            fanout.close(this, wire, code, reason);
            giveBack();
        }
    }

    /** Cuts it at once, without a close frame. */
    void drop() {
        if (finish.come(Ending.ofServer(Ending.LOST, ""))) {
            fanout.drop(this, wire);
            giveBack();
        }
    }

    /** The socket is gone, with that code: gives back all that it holds. */
    void release(int code) {
        if (finish.come(Ending.ofClient(code))) {
            giveBack();
        }
    }

    private void giveBack() {
        finish.act();
        carrier.execute(() -> {
            agenda.clear();
            List<String> rooms = subscriptions.stream()
                    .map(subscription -> subscription.room().name().toString())
                    .distinct()
                    .toList();
            new ArrayList<>(subscriptions).forEach(Subscription::stop);
            finish.tell(rooms);
        });
    }

    /** How it ended; {@link Ending#NONE} before. */
    Ending ending() {
        return finish.ending();
    }

    boolean ended() {
        return finish.hasCome();
    }

    /** Runs that once when the connection ends, or at once if it has; not on a carrier. */
    void atEnd(Runnable action) {
        finish.leave(action);
    }

    /** Is told at the end how it ended, and which rooms were followed then. */
    void epilogue(BiConsumer<Ending, List<String>> told) {
        finish.epilogue(told);
    }
}
