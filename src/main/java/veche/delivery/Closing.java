package veche.delivery;

import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import veche.dialect.CloseCode;
import veche.dialect.Failures;

/**
 * The close state of a connection. The first of {@link #close}, {@link #abort} and {@link #closedByPeer} decides the
 * {@link CloseStatus}; later calls have no effect. Callbacks run once, on the task executor and never on a delivery
 * worker, because a callback may block, for example on a log. Thread-safe.
 */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    /** How long the write in progress and the close frame behind it may take before the connection is aborted. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String connection;
    private final Transport transport;
    private final DeliveryContext context;
    private final AtomicReference<CloseStatus> status = new AtomicReference<>(CloseStatus.OPEN);
    private final AtomicReference<Runnable> onClosed = new AtomicReference<>(() -> {});
    private final Runnable release;
    private volatile BiConsumer<CloseStatus, List<String>> onReleased = (closed, rooms) -> {};

    /** @param release called once when the connection is closed; discards pending frames and stops the cursors */
    Closing(String connection, Transport transport, DeliveryContext context, Runnable release) {
        this.connection = connection;
        this.transport = transport;
        this.context = context;
        this.release = release;
    }

    /** The close status; {@link CloseStatus#OPEN} until the connection is closed. */
    CloseStatus status() {
        return Objects.requireNonNull(status.get());
    }

    @SuppressWarnings("ReferenceEquality") // OPEN is one object
    boolean isClosed() {
        return status.get() != CloseStatus.OPEN;
    }

    /** Sends a close frame, and aborts the connection after {@link #CLOSE_TIMEOUT}. */
    void close(CloseCode code, String reason) {
        if (!decide(CloseStatus.ofServer(code.number(), reason))) {
            return;
        }
        context.traffic().closed(code.number());
        // Submitted before the callbacks, so that a server shutting down waits for the close frame too.
        context.executor().execute(() -> transport.close(code.number(), CloseFrame.truncate(reason)));
        abortAfterTimeout();
        released();
    }

    /**
     * The reference is weak, since the container refers to the transport as long as the connection exists: a closed
     * connection with its input buffers is then not retained until the timeout.
     */
    private void abortAfterTimeout() {
        Reference<Transport> closing = new WeakReference<>(transport);
        context.executor()
                .schedule(
                        () -> Optional.ofNullable(closing.get()).ifPresent(Transport::abort), CLOSE_TIMEOUT.toMillis());
    }

    /** Closes a slow consumer with 1013. Pending frames are discarded; room messages remain in the log. */
    void closeSlowConsumer(String reason) {
        close(CloseCode.TRY_AGAIN_LATER, reason);
    }

    /** Closes a slow consumer for which more than {@code maxPendingBytes} are pending. */
    void closeTooSlow(int maxPendingBytes) {
        closeSlowConsumer("Slow consumer: more than " + maxPendingBytes + " bytes pending; reconnect");
    }

    /** Closes the connection with 1011 and an incident id; the server log records the cause under this id. */
    void fail(Throwable cause) {
        close(CloseCode.INTERNAL_ERROR, "Incident " + Failures.log(LOG, "connection=" + connection, cause));
    }

    /** Closes the connection without a close frame; the client observes 1006 (RFC 6455 §7.1.5). */
    void abort() {
        if (!decide(CloseStatus.ofServer(CloseStatus.ABNORMAL, ""))) {
            return;
        }
        LOG.log(Level.DEBUG, "connection={0} aborted", connection);
        context.traffic().closed(CloseStatus.ABNORMAL);
        context.executor().execute(() -> {
            transport.abort();
            // Not for the client: this call makes the container release its session.
            transport.close(CloseCode.GOING_AWAY.number(), "");
        });
        released();
    }

    /** Closes the connection after a failed write, since its client cannot be reached. */
    void lost(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection=" + connection + " lost", cause);
        close(CloseCode.GOING_AWAY, "");
    }

    /** Records that the client or a network failure closed the connection. */
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

    /** Runs an action once when the connection is closed, or immediately if it already is. */
    void onClosed(Runnable action) {
        onClosed.set(action);
        if (isClosed()) {
            notifyClosed();
        }
    }

    private void notifyClosed() {
        context.executor().execute(onClosed.getAndSet(() -> {}));
    }

    /** Sets the listener that receives the close status and the rooms followed at the time of the close. */
    void onReleased(BiConsumer<CloseStatus, List<String>> listener) {
        onReleased = listener;
    }

    void notifyReleased(List<String> rooms) {
        context.executor().execute(() -> onReleased.accept(status(), rooms));
    }
}
