package veche.socket.container;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.framed.SendFrameHeader;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.websockets.core.StreamSinkFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSocketFrameType;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.socket.Drain;

/**
 * The transport for WildFly's Undertow. Passes a batch as one buffer of complete frames to the channel's frame queue,
 * represented as a single frame with an empty header. The channel's IO thread writes it as a whole, without copying,
 * and sends pongs and close frames between batches.
 */
final class UndertowTransport extends StandardTransport {
    private static final System.Logger LOG = System.getLogger(UndertowTransport.class.getName());

    private final WebSocketChannel channel;

    private UndertowTransport(Session session, WebSocketChannel channel) {
        super(session);
        this.channel = channel;
    }

    static Transport of(Session session) throws ReflectiveOperationException {
        Object channel = session.getClass().getMethod("getWebSocketChannel").invoke(session);
        excludeFromSuspension(session);
        return new UndertowTransport(session, (WebSocketChannel) channel);
    }

    /**
     * Removes the session from the container's open sessions. A server that stops is suspended first, which closes all
     * open sessions at once and without a reason. The {@link Drain} closes this session instead.
     */
    private static void excludeFromSuspension(Session session) throws ReflectiveOperationException {
        Field field = session.getClass().getDeclaredField("openSessions");
        field.setAccessible(true);
        Method remove = field.getType().getMethod("removeOpenSession", Session.class);
        remove.setAccessible(true);
        remove.invoke(field.get(session), session);
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        new BatchChannel(channel, done).send(batch);
    }

    @Override
    public boolean suspend() {
        channel.suspendReceives();
        return true;
    }

    @Override
    public void resume() {
        channel.resumeReceives();
    }

    @Override
    protected void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "abort", e);
        }
    }

    /** A channel for serialized frames. Completion is reported on the IO thread, or on the sender's if it is closed. */
    private static final class BatchChannel extends StreamSinkFrameChannel {
        private final AtomicReference<Consumer<@Nullable Throwable>> done;

        private BatchChannel(WebSocketChannel channel, Consumer<@Nullable Throwable> done) {
            super(channel, WebSocketFrameType.BINARY);
            this.done = new AtomicReference<>(done);
        }

        private void send(FrameBatch batch) {
            try {
                send((PooledByteBuffer) new ImmediatePooledByteBuffer(batch.framed()));
                shutdownWrites();
            } catch (IOException e) {
                end(e);
            }
        }

        @Override
        protected SendFrameHeader createFrameHeader() {
            return new SendFrameHeader(0, null);
        }

        @Override
        protected void handleFlushComplete(boolean finalFrame) {
            end(null);
        }

        @Override
        public void markBroken() {
            super.markBroken();
            end(new IOException("The channel is closed"));
        }

        private void end(@Nullable Throwable failure) {
            Consumer<@Nullable Throwable> handler = done.getAndSet(null);
            if (handler != null) {
                handler.accept(failure);
            }
        }
    }
}
