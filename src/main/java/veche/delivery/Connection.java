package veche.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/** The connection of one client: what is sent to it and how it is closed. Thread-safe. */
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
        context.traffic().opened(transport);
    }

    private void release() {
        writer.release();
    }

    @Override
    public String id() {
        return id;
    }

    /** The way out to its client. */
    public Transport transport() {
        return transport;
    }

    /** When it was pinged and when something was received from it. */
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
        } else if (pending > limits.batchBytes() && context.traffic().pendingBytes() > limits.maxNodePendingBytes()) {
            closing.closeSlowConsumer("The server's memory for slow clients is full; come back");
        }
    }

    @Override
    public Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
        PendingSubscription pending = new PendingSubscription(() -> writer.follow(room, after, encoder, listener));
        add(new Outbox.Item.Start(context.sequence().getAsLong(), pending));
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

    /** Sends a ping as soon as no write is in progress, at that time of {@link System#nanoTime()}. */
    public void ping(long now) {
        keepAlive.pinged(now);
        writer.ping();
    }

    /** About how many bytes wait for this client, in its outbox or, while a write is in progress, of a room. */
    public long pendingBytes() {
        return writer.pendingBytes();
    }

    /** Counters of what it was sent. */
    public ConnectionStats sent() {
        return writer.sent();
    }

    /** How long the write in progress has taken, in nanoseconds; 0 where there is none. */
    public long stalledFor(long now) {
        return transport.stalledFor(now);
    }

    @Override
    public void fail(Throwable cause) {
        closing.fail(cause);
    }

    /** Closes it with 1013, since the client does not keep up; what waits is discarded, the log still has it. */
    public void closeSlowConsumer(String reason) {
        closing.closeSlowConsumer(reason);
    }

    /** Discards what waits and closes it. */
    public void closeNow(CloseCode code, String reason) {
        closing.close(code, reason);
    }

    /** Discards what waits and ends it without a close frame. */
    public void abort() {
        closing.abort();
    }

    /** The socket was closed by the client or its network, with that code. */
    public void closedByPeer(int code) {
        closing.closedByPeer(code);
    }

    /** How it was closed; code 0 while it is open. */
    public CloseStatus closeStatus() {
        return closing.status();
    }

    /** Whether it is closed; frames sent to it are discarded. */
    public boolean isClosed() {
        return closing.isClosed();
    }

    /** Runs an action once when it is closed, or at once where it is, on the task executor. */
    public void onClosed(Runnable action) {
        closing.onClosed(action);
    }

    /** Passes how it was closed, and the rooms that it followed then, to a listener, on the task executor. */
    public void onReleased(BiConsumer<CloseStatus, List<String>> listener) {
        closing.onReleased(listener);
    }
}
