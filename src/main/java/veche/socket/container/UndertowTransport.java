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
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.socket.Drain;

/**
 * WildFly's Undertow: a run goes as one buffer of complete frames through the channel's own queue of frames, as if it
 * were one frame whose header is empty. So it is written whole, without copying, by the channel's IO thread, and pongs
 * and close frames fall between runs.
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
        keepFromSuspension(session);
        return new UndertowTransport(session, (WebSocketChannel) channel);
    }

    /**
     * A server that is told to stop suspends first, and then closes all open sessions that it knows, at once and without a
     * reason. It need not know ours: the {@link Drain} closes them.
     */
    private static void keepFromSuspension(Session session) throws ReflectiveOperationException {
        Field field = session.getClass().getDeclaredField("openSessions");
        field.setAccessible(true);
        Method remove = field.getType().getMethod("removeOpenSession", Session.class);
        remove.setAccessible(true);
        remove.invoke(field.get(session), session);
    }

    @Override
    protected void send(FrameBatch batch, Consumer<Throwable> done) {
        new Framed(channel, done).send(batch);
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

    /** Frames that are framed already. Undertow tells of its end on the IO thread, or on the sender's where it is closed. */
    private static final class Framed extends StreamSinkFrameChannel {
        private final AtomicReference<Consumer<Throwable>> done;

        private Framed(WebSocketChannel channel, Consumer<Throwable> done) {
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

        private void end(Throwable failure) {
            Consumer<Throwable> waiting = done.getAndSet(null);
            if (waiting != null) {
                waiting.accept(failure);
            }
        }
    }
}
