package veche.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/** The server side of one client's connection: sends frames and closes it. Thread-safe. */
public final class Connection implements Client {
    private final String id;
    private final Transport transport;
    private final DeliveryWorker worker;
    private final DeliveryContext context;
    private final Outbox outbox;
    private final Closing closing;
    private final ConnectionWriter writer;
    private final KeepAlive keepAlive = new KeepAlive();

    Connection(String id, Transport transport, DeliveryWorker worker, DeliveryContext context) {
        this.id = id;
        this.transport = transport;
        this.worker = worker;
        this.context = context;
        this.outbox = new Outbox(context.traffic().pending());
        this.closing = new Closing(id, transport, context, this::release);
        this.writer = new ConnectionWriter(transport, worker, context, outbox, closing);
    }

    private void release() {
        writer.release();
    }

    @Override
    public String id() {
        return id;
    }

    /** The transport to the client. */
    public Transport transport() {
        return transport;
    }

    /** When the client was last pinged and when a frame was last received from it. */
    public KeepAlive keepAlive() {
        return keepAlive;
    }

    @Override
    public void send(Frame frame) {
        add(new Outbox.Item.Send(context.sequence().getAsLong(), frame));
        ConnectionLimits limits = context.limits();
        long pending = outbox.pending();
        if (transport.isWriting() && pending > limits.maxPendingBytes() && pending > 2L * frame.weight()) {
            closing.closeTooSlow(limits.maxPendingBytes());
        } else if (pending > limits.batchBytes() && isNodeFull()) {
            closing.closeSlowConsumer("The server's buffer for slow consumers is full; reconnect");
        }
    }

    private boolean isNodeFull() {
        return context.traffic().pendingBytes() > context.limits().maxNodePendingBytes()
                || context.memory().refuses();
    }

    @Override
    public Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener) {
        PendingSubscription pending = new PendingSubscription();
        add(new Outbox.Item.Start(context.sequence().getAsLong(), pending));
        opening.whenComplete((room, failure) -> {
            if (failure == null) {
                pending.opened(() -> writer.follow(room, after, encoder, listener));
            } else {
                pending.stop();
            }
            writer.signal();
        });
        return pending;
    }

    @Override
    public void close(CloseCode code, String reason) {
        add(new Outbox.Item.Close(context.sequence().getAsLong(), code, reason));
    }

    @Override
    public void closeAfter(Duration delay, CloseCode code, String reason) {
        worker.schedule(() -> close(code, reason), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void add(Outbox.Item item) {
        if (closing.isClosed()) {
            return;
        }
        outbox.add(item);
        if (closing.isClosed()) {
            worker.execute(outbox::clear);
        } else {
            writer.signal();
        }
    }

    /**
     * Sends a ping as soon as no write is in progress.
     *
     * @param now the current value of {@link System#nanoTime()}
     */
    public void ping(long now) {
        keepAlive.pinged(now);
        writer.ping();
    }

    /** The approximate number of bytes pending in the outbox and, during a write, in a followed room. */
    public long pendingBytes() {
        return writer.pendingBytes();
    }

    /** Counters of the messages and bytes sent. */
    public ConnectionStats sent() {
        return writer.sent();
    }

    /** How long the write in progress has taken, in nanoseconds; 0 if there is none. */
    public long stalledFor(long now) {
        return transport.stalledFor(now);
    }

    @Override
    public void fail(Throwable cause) {
        closing.fail(cause);
    }

    /** Closes a slow consumer with 1013. Pending frames are discarded; room messages remain in the log. */
    public void closeSlowConsumer(String reason) {
        closing.closeSlowConsumer(reason);
    }

    /** Discards pending frames and closes the connection. */
    public void closeNow(CloseCode code, String reason) {
        closing.close(code, reason);
    }

    /** Discards pending frames and closes the connection without a close frame. */
    public void abort() {
        closing.abort();
    }

    /** Records that the client or a network failure closed the connection with this code. */
    public void closedByPeer(int code) {
        closing.closedByPeer(code);
    }

    /** How the connection was closed; the code is 0 while it is open. */
    public CloseStatus closeStatus() {
        return closing.status();
    }

    /** Whether the connection is closed; frames sent to a closed connection are discarded. */
    public boolean isClosed() {
        return closing.isClosed();
    }

    /** Runs an action once when the connection is closed, or immediately if it already is, on the task executor. */
    public void onClosed(Runnable action) {
        closing.onClosed(action);
    }

    /** Sets the listener that receives the close status and the rooms followed at that time, on the task executor. */
    public void onReleased(BiConsumer<CloseStatus, List<String>> listener) {
        closing.onReleased(listener);
    }
}
