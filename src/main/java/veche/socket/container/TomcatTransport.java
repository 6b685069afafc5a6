package veche.socket.container;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;
import org.apache.tomcat.util.net.SocketWrapperBase.CompletionState;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.delivery.TaskExecutor;
import veche.delivery.Transport;

/**
 * The transport for Tomcat 10.1 and 11. Writes a batch as one buffer of complete frames to the connection's socket, in
 * a single non-blocking write. Tomcat sends one message part at a time, guarded by a semaphore. A batch acquires and
 * releases this semaphore in the same way as a message part, so that no pong or close frame is interleaved with a
 * batch.
 */
final class TomcatTransport extends StandardTransport {
    private static final System.Logger LOG = System.getLogger(TomcatTransport.class.getName());
    private static final int MAX_RETRY_MILLIS = 64;
    private static final ByteBuffer PING =
            ByteBuffer.wrap(new byte[] {(byte) 0x89, 0}).asReadOnlyBuffer();

    /** Cached, since they are the same for all sessions. */
    private static volatile @Nullable Members members;

    private final TaskExecutor executor;
    private final SocketWrapperBase<?> socket;
    private final Semaphore part;
    private final MethodHandle endMessage;
    private final AtomicReference<Write> inProgress = new AtomicReference<>();
    private volatile boolean terminated;

    /**
     * Private members of {@code WsSession}, {@code WsRemoteEndpointImplBase} and {@code WsRemoteEndpointImplServer}.
     */
    private record Members(Field endpoint, Field socket, Field part, Method endMessage) {
        static Members of(Session session) throws ReflectiveOperationException {
            Field endpoint = declared(session.getClass(), "wsRemoteEndpoint");
            Class<?> server = endpoint.get(session).getClass();
            Method endMessage =
                    server.getSuperclass().getDeclaredMethod("endMessage", SendHandler.class, SendResult.class);
            endMessage.setAccessible(true);
            return new Members(
                    endpoint,
                    declared(server, "socketWrapper"),
                    declared(server.getSuperclass(), "messagePartInProgress"),
                    endMessage);
        }

        private static Field declared(Class<?> type, String name) throws NoSuchFieldException {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        }
    }

    private TomcatTransport(
            Session session,
            TaskExecutor executor,
            SocketWrapperBase<?> socket,
            Semaphore part,
            MethodHandle endMessage) {
        super(session);
        this.executor = executor;
        this.socket = socket;
        this.part = part;
        this.endMessage = endMessage;
    }

    static Transport of(Session session, TaskExecutor executor) throws ReflectiveOperationException {
        Members found = members;
        if (found == null) {
            found = Members.of(session);
            members = found;
        }
        Object endpoint = found.endpoint().get(session);
        SocketWrapperBase<?> socket = (SocketWrapperBase<?>) found.socket().get(endpoint);
        if (!socket.hasAsyncIO()) {
            throw new NoSuchMethodException("The connector has useAsyncIO=false");
        }
        return new TomcatTransport(
                session,
                executor,
                socket,
                (Semaphore) found.part().get(endpoint),
                MethodHandles.lookup().unreflect(found.endMessage()).bindTo(endpoint));
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        write(batch.framed(), done, 1);
    }

    @Override
    protected void ping() {
        write(PING.duplicate(), written -> {}, 1);
    }

    private void write(ByteBuffer frames, Consumer<@Nullable Throwable> done, int retryMillis) {
        if (terminated || !session().isOpen()) {
            done.accept(new IOException("The session is closed"));
        } else if (part.tryAcquire()) {
            new Write(frames, done).start();
        } else {
            // A pong or another control frame is being sent, which completes at once if the client reads.
            executor.schedule(() -> write(frames, done, Math.min(retryMillis * 2, MAX_RETRY_MILLIS)), retryMillis);
        }
    }

    /** Waits for the write in progress without blocking; Tomcat's own close would block the thread for up to 20 s. */
    @Override
    protected void close(int code, String reason) {
        if (part.availablePermits() > 0 || terminated) {
            super.close(code, reason);
        } else {
            executor.schedule(() -> close(code, reason), MAX_RETRY_MILLIS);
        }
    }

    @Override
    public boolean suspend() {
        return invoked("suspend");
    }

    @Override
    public void resume() {
        invoked("resume");
    }

    /** Calls a method of Tomcat's session that the standard API lacks. */
    private boolean invoked(String name) {
        try {
            session().getClass().getMethod(name).invoke(session());
            return true;
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, name, e);
            return false;
        }
    }

    @Override
    protected void abort() {
        terminated = true;
        socket.close();
        Write write = inProgress.get();
        if (write != null) {
            write.end(new IOException("Connection aborted"));
        }
    }

    /** One write, from the acquisition of the semaphore to its release. */
    private final class Write implements CompletionHandler<Long, Void> {
        private final ByteBuffer frames;
        private final Consumer<@Nullable Throwable> done;

        private Write(ByteBuffer frames, Consumer<@Nullable Throwable> done) {
            this.frames = frames;
            this.done = done;
        }

        private void start() {
            inProgress.set(this);
            CompletionState state = socket.write(
                    BlockingMode.NON_BLOCK,
                    -1,
                    TimeUnit.MILLISECONDS,
                    null,
                    SocketWrapperBase.COMPLETE_WRITE,
                    this,
                    frames);
            if (state == CompletionState.INLINE) {
                end(null);
            } else if (state == CompletionState.NOT_DONE) {
                end(new IOException("Another write is in progress"));
            }
        }

        @Override
        public void completed(Long written, Void nothing) {
            end(null);
        }

        @Override
        public void failed(Throwable why, Void nothing) {
            end(why);
        }

        private void end(@Nullable Throwable failure) {
            if (inProgress.compareAndSet(this, null)) {
                done.accept(release(failure));
            }
        }

        private @Nullable Throwable release(@Nullable Throwable failure) {
            try {
                endMessage.invokeExact((SendHandler) null, (SendResult) null);
                return failure;
            } catch (Throwable e) {
                return failure == null ? e : failure;
            }
        }
    }
}
