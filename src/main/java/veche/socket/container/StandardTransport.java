package veche.socket.container;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.dialect.Frame;

/** A transport over the standard API. Sends frames one at a time, each after the completion of the previous one. */
class StandardTransport extends Transport {
    private static final System.Logger LOG = System.getLogger(StandardTransport.class.getName());

    private final Session session;

    StandardTransport(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    @Override
    public String toString() {
        return name() + " session=" + session.getClass().getName();
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        new Sending(batch.frames().iterator(), done).go();
    }

    /** Sends in a loop. A handler called on the same stack only increments a counter, which avoids deep recursion. */
    private final class Sending implements SendHandler {
        private final Iterator<Frame> frames;
        private final Consumer<@Nullable Throwable> done;
        private final AtomicInteger results = new AtomicInteger();

        private Sending(Iterator<Frame> frames, Consumer<@Nullable Throwable> done) {
            this.frames = frames;
            this.done = done;
        }

        private void go() {
            do {
                if (!frames.hasNext()) {
                    done.accept(null);
                    return;
                }
                results.set(0);
                session.getAsyncRemote().sendObject(frames.next(), this);
            } while (results.incrementAndGet() == 2);
        }

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                done.accept(result.getException());
            } else if (results.incrementAndGet() == 2) {
                go();
            }
        }
    }

    @Override
    protected void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, () -> "ping failed: session " + session.getId(), e);
        }
    }

    @Override
    protected void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, () -> "close failed: session " + session.getId(), e);
        }
    }

    @Override
    protected void abort() {
        // Not supported by the standard API; the container's own timeouts apply.
    }
}
