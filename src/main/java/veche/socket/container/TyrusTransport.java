package veche.socket.container;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import veche.delivery.CloseFrame;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.dialect.CloseCode;

/**
 * The transport for Payara's Tyrus. Passes a batch as one buffer of complete frames to the connection's writer, in a
 * single write and flush, bypassing the timers that the standard API sets twice per send. The writer does not block and
 * calls back on completion.
 *
 * <p>Tyrus sets such a timer for each received message too, even without an idle timeout. Setting a timer captures the
 * thread's context, which searches the whole class path and takes longer than everything else together. Therefore the
 * session's executor is replaced with one that discards timers.
 */
class TyrusTransport extends StandardTransport {
    private static final System.Logger LOG = System.getLogger(TyrusTransport.class.getName());

    /** An empty ping as a complete frame (RFC 6455 §5.2). */
    static final ByteBuffer PING = ByteBuffer.wrap(new byte[] {(byte) 0x89, 0}).asReadOnlyBuffer();

    private static final CompletionHandler<ByteBuffer> IGNORE_RESULT = new CompletionHandler<>() {};

    private static final ScheduledExecutorService NO_TIMERS = discardingExecutor();

    private final Writer writer;
    private final SessionState state;

    TyrusTransport(Session session, Writer writer) throws ReflectiveOperationException {
        super(session);
        this.writer = writer;
        this.state = SessionState.of(Internals.read(session.getBasicRemote(), "webSocket", "state"));
    }

    /** Tyrus's state of a session. In state CLOSING, Tyrus does not answer the client's close frame with another. */
    private record SessionState(AtomicReference<Object> current, Object open, Object closing) {
        @SuppressWarnings("unchecked") // as declared by Tyrus
        static SessionState of(Object state) throws NoSuchFieldException {
            AtomicReference<Object> current = (AtomicReference<Object>) state;
            Object open = Objects.requireNonNull(current.get());
            return new SessionState(current, open, Internals.constant(open.getClass(), "CLOSING"));
        }

        boolean close() {
            return current.compareAndSet(open, closing);
        }

        /** Resets the state to open, unless the session is closed; returns false if it is. */
        boolean reopen() {
            return current.compareAndSet(closing, open) || current.get() == open;
        }
    }

    private static ScheduledExecutorService discardingExecutor() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
        executor.shutdown();
        return executor;
    }

    static Transport of(Session session) throws ReflectiveOperationException {
        Writer writer = (Writer) Internals.read(session.getBasicRemote(), "webSocket", "protocolHandler", "writer");
        Internals.field(session, "service").set(session, NO_TIMERS);
        GrizzlyRequest.excludeFromPool(writer);
        Optional<Transport> grizzly = GrizzlyTransport.of(session, writer);
        return grizzly.isPresent() ? grizzly.get() : new TyrusTransport(session, writer);
    }

    /** Calls the getter instead of reading the field, since the handler is a CDI proxy, whose own fields are empty. */
    static Object webConnection(Writer writer) throws ReflectiveOperationException {
        Object handler = Internals.read(writer, "tyrusHttpUpgradeHandler");
        Method method = Class.forName(
                        "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler",
                        false,
                        writer.getClass().getClassLoader())
                .getDeclaredMethod("getWebConnection");
        method.setAccessible(true);
        return TyrusUpgradeHandler.container(method.invoke(handler));
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        writer.write(batch.framed(), new CompletionHandler<>() {
            @Override
            public void completed(ByteBuffer written) {
                done.accept(null);
            }

            @Override
            public void failed(Throwable why) {
                done.accept(why);
            }

            @Override
            public void cancelled() {
                done.accept(new IOException("The write was cancelled"));
            }
        });
    }

    @Override
    protected void ping() {
        write(PING.duplicate());
    }

    @Override
    public void checkFrames(int maxBytes, FrameObserver observer) {
        try {
            TyrusReadHandler.install(handler(), maxBytes, observer);
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOG.log(
                    Level.WARNING,
                    "Unsupported Tyrus internals; large frames cause 1011, unmasked frames are accepted",
                    e);
        }
    }

    private Object handler() throws ReflectiveOperationException {
        return Internals.read(writer, "tyrusHttpUpgradeHandler", "handler");
    }

    /**
     * Sends only the close frame; the client's close frame, which Tyrus's own thread reads, ends the session. Closing
     * the session from this thread would return the underlying request to Payara's pool while Tyrus's thread still uses
     * it, and the next handshake with this request would fail.
     */
    @Override
    protected void close(int code, String reason) {
        if (state.close()) {
            write(CloseFrame.of(code, reason));
        }
    }

    /** Writes a complete frame and ignores the result. */
    void write(ByteBuffer frame) {
        writer.write(frame, IGNORE_RESULT);
    }

    @Override
    protected void abort() {
        if (!state.reopen()) {
            return;
        }
        try {
            suppressCloseFrame();
            writer.close();
        } catch (IOException | ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "abort", e);
        }
        // The close frame is not delivered, but the container releases the session.
        super.close(CloseCode.GOING_AWAY.number(), "");
    }

    /** Marks Tyrus's handler as closed; otherwise it would send a close frame with a code of its own. */
    private void suppressCloseFrame() throws ReflectiveOperationException {
        Object handler = handler();
        Internals.field(handler, "closed").setBoolean(handler, true);
    }
}
