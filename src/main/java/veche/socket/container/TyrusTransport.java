package veche.socket.container;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import veche.delivery.CloseFrame;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.dialect.CloseCode;

/**
 * Payara's Tyrus: a run goes as one buffer of complete frames straight to the connection's writer, in one write and one
 * flush, past the timers that every send of the standard API sets twice. The writer takes it without blocking and calls
 * back once it is written.
 *
 * <p>Each message that comes in sets such a timer too, even where no idle timeout is set, and setting one captures the
 * thread's context, which searches the whole class path: more time than all else together. So the session is given an
 * executor that discards them.
 */
class TyrusTransport extends StandardTransport {
    private static final System.Logger LOG = System.getLogger(TyrusTransport.class.getName());

    /** An empty ping as a complete frame (RFC 6455 §5.2). */
    static final ByteBuffer PING = ByteBuffer.wrap(new byte[] {(byte) 0x89, 0}).asReadOnlyBuffer();

    private static final CompletionHandler<ByteBuffer> UNHEARD = new CompletionHandler<>() {};

    private static final ScheduledExecutorService NO_TIMERS = discarding();

    private final Writer writer;
    private final Standing standing;

    TyrusTransport(Session session, Writer writer) throws ReflectiveOperationException {
        super(session);
        this.writer = writer;
        this.standing = Standing.of(Internals.read(session.getBasicRemote(), "webSocket", "state"));
    }

    /** Tyrus's own note of how far a session is: who is said to be closing is not answered with a second close frame. */
    private record Standing(AtomicReference<Object> now, Object open, Object closing) {
        @SuppressWarnings("unchecked") // as Tyrus declares it
        static Standing of(Object state) throws NoSuchFieldException {
            AtomicReference<Object> now = (AtomicReference<Object>) state;
            Object open = now.get();
            return new Standing(now, open, Internals.constant(open.getClass(), "CLOSING"));
        }

        boolean close() {
            return now.compareAndSet(open, closing);
        }

        /** Makes it open again, where it is not yet closed. */
        boolean reopen() {
            return now.compareAndSet(closing, open) || now.get() == open;
        }
    }

    private static ScheduledExecutorService discarding() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
        executor.shutdown();
        return executor;
    }

    static Transport of(Session session) throws ReflectiveOperationException {
        Writer writer = (Writer) Internals.read(session.getBasicRemote(), "webSocket", "protocolHandler", "writer");
        Internals.field(session, "service").set(session, NO_TIMERS);
        GrizzlyRequest.keepFromPool(writer);
        Optional<Transport> bare = GrizzlyTransport.under(session, writer);
        return bare.isPresent() ? bare.get() : new TyrusTransport(session, writer);
    }

    /** Asked for by its method, since the handler is one of CDI's proxies, with empty fields of its own. */
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
    protected void send(FrameBatch batch, Consumer<Throwable> done) {
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
    public void checkFrames(int maxBytes, BiConsumer<CloseCode, String> violation) {
        try {
            TyrusReadHandler.install(handler(), maxBytes, violation);
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOG.log(
                    Level.WARNING,
                    "Tyrus is not as expected inside; a large frame is closed with 1011, an unmasked one accepted",
                    e);
        }
    }

    private Object handler() throws ReflectiveOperationException {
        return Internals.read(writer, "tyrusHttpUpgradeHandler", "handler");
    }

    /**
     * Says it alone; the client's answer, which Tyrus's own thread reads, ends the session. To close the session from here
     * would give the request under it back to Payara's pool while that thread is still at work on it, and the next
     * handshake, which gets it, would be spoilt.
     */
    @Override
    protected void close(int code, String reason) {
        if (standing.close()) {
            write(CloseFrame.of(code, reason));
        }
    }

    /** Writes a whole frame, heard by nobody. */
    void write(ByteBuffer frame) {
        writer.write(frame, UNHEARD);
    }

    @Override
    protected void abort() {
        if (!standing.reopen()) {
            return;
        }
        try {
            keepFromFarewell();
            writer.close();
        } catch (IOException | ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "abort", e);
        }
        // It finds nobody, but the container forgets the session.
        super.close(CloseCode.GOING_AWAY.number(), "");
    }

    /** A handler that does not know itself closed sends a close frame with a code of its own when it is. */
    private void keepFromFarewell() throws ReflectiveOperationException {
        Object handler = handler();
        Internals.field(handler, "closed").setBoolean(handler, true);
    }
}
