package veche.delivery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import veche.dialect.CloseCode;

/**
 * The close state of a connection. The first of {@link #close}, {@link #abort} and {@link #closedByPeer} decides the
 * {@link CloseStatus}; those after it have no effect. Callbacks run once, on the task executor and never on a delivery
 * worker, since a log that they write to may block. Thread-safe.
 */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    /** How long a client may take for what is in progress and the close frame behind it. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String connection;
    private final Transport transport;
    private final DeliveryContext context;
    private final AtomicReference<CloseStatus> status = new AtomicReference<>(CloseStatus.OPEN);
    private final AtomicReference<Runnable> onClosed = new AtomicReference<>(() -> {});
    private final Runnable release;
    private volatile BiConsumer<CloseStatus, List<String>> onReleased = (closed, rooms) -> {};

    /** @param release called once, when the connection is closed: discards what waits and stops its cursors */
    Closing(String connection, Transport transport, DeliveryContext context, Runnable release) {
        this.connection = connection;
        this.transport = transport;
        this.context = context;
        this.release = release;
    }

    /** {@link CloseStatus#OPEN} before. */
    CloseStatus status() {
        return status.get();
    }

    boolean isClosed() {
        return status.get() != CloseStatus.OPEN;
    }

    /** Sends a close frame, and aborts the connection where that takes too long. */
    void close(CloseCode code, String reason) {
        if (!decide(CloseStatus.ofServer(code.number(), reason))) {
            return;
        }
        context.traffic().closed(code.number());
        // Before the callbacks, so that a stopping server waits for the close frame too.
        context.executor().execute(() -> transport.close(code.number(), CloseFrame.truncate(reason)));
        context.executor().schedule(transport::abort, CLOSE_TIMEOUT.toMillis());
        released();
    }

    /** The same with 1013: the client does not keep up; what waits is discarded, the log still has it. */
    void closeSlowConsumer(String reason) {
        close(CloseCode.TRY_AGAIN_LATER, reason);
    }

    /** The same, since more than that many bytes wait for the client. */
    void closeTooSlow(int maxPendingBytes) {
        closeSlowConsumer("Too slow: more than " + maxPendingBytes + " bytes wait; come back");
    }

    /** The same with 1011 and the id of an incident that is in the server's log with its cause. */
    void fail(Throwable cause) {
        String incident = UUID.randomUUID().toString();
        try {
            LOG.log(Level.ERROR, () -> "connection=" + connection + " incident=" + incident, cause);
        } finally {
            // Logging allocates, and fails itself where the heap is exhausted.
            close(CloseCode.INTERNAL_ERROR, "Incident " + incident);
        }
    }

    /** Ends it without a close frame: the client sees 1006 (RFC 6455 §7.1.5). */
    void abort() {
        if (!decide(CloseStatus.ofServer(CloseStatus.ABNORMAL, ""))) {
            return;
        }
        LOG.log(Level.DEBUG, "connection={0} aborted", connection);
        context.traffic().closed(CloseStatus.ABNORMAL);
        context.executor().execute(() -> {
            transport.abort();
            // No client receives this close frame; the container learns that its session is over.
            transport.close(CloseCode.GOING_AWAY.number(), "");
        });
        released();
    }

    /** A write has failed, so the client is gone. */
    void lost(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection=" + connection + " lost", cause);
        close(CloseCode.GOING_AWAY, "");
    }

    /** The socket was closed by the client or by its network. */
    void closedByPeer(int code) {
        if (decide(CloseStatus.ofClient(code))) {
            released();
        }
    }

    private boolean decide(CloseStatus decided) {
        return status.compareAndSet(CloseStatus.OPEN, decided);
    }

    private void released() {
        notifyClosed();
        release.run();
    }

    /** Runs an action once when the connection is closed, or at once where it is. */
    void onClosed(Runnable action) {
        onClosed.set(action);
        if (isClosed()) {
            notifyClosed();
        }
    }

    private void notifyClosed() {
        context.executor().execute(onClosed.getAndSet(() -> {}));
    }

    /** Passes the status, and the rooms that were followed at the end, to a listener. */
    void onReleased(BiConsumer<CloseStatus, List<String>> listener) {
        onReleased = listener;
    }

    void notifyReleased(List<String> rooms) {
        context.executor().execute(() -> onReleased.accept(status(), rooms));
    }
}
