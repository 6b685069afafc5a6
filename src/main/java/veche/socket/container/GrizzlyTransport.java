package veche.socket.container;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;

/**
 * The transport for Payara without TLS. Passes a batch directly to the write queue of the connection, bypassing the
 * servlet output stream, two buffers and the chain of HTTP filters, which have no function after the upgrade and cost
 * several times as much as the write itself. Tyrus's own pongs and close frames enter the same queue, each as a whole,
 * so they are sent between batches. With TLS the filter chain is required, so {@link TyrusTransport} is used.
 */
final class GrizzlyTransport extends TyrusTransport {
    private final Connection<SocketAddress> connection;
    private final AsyncQueueWriter<SocketAddress> queue;
    private final MemoryManager<?> memory;

    private GrizzlyTransport(
            Session session, Writer writer, Connection<SocketAddress> connection, TCPNIOTransport transport)
            throws ReflectiveOperationException {
        super(session, writer);
        this.connection = connection;
        this.queue = transport.getAsyncQueueIO().getWriter();
        this.memory = transport.getMemoryManager();
    }

    /** Returns the transport if Tyrus's writer uses a Grizzly connection without TLS; otherwise empty. */
    static Optional<Transport> of(Session session, Writer writer) {
        try {
            Object context = Internals.read(webConnection(writer), "outputStream", "ob", "grizzlyOutputBuffer", "ctx");
            @SuppressWarnings("unchecked")
            Connection<SocketAddress> connection = (Connection<SocketAddress>)
                    context.getClass().getMethod("getConnection").invoke(context);
            boolean plaintext = SSLUtils.getSSLEngine(connection) == null;
            return plaintext && connection.getTransport() instanceof TCPNIOTransport transport
                    ? Optional.of(new GrizzlyTransport(session, writer, connection, transport))
                    : Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(GrizzlyTransport.class.getName())
                    .log(Level.DEBUG, "Unsupported Grizzly internals; writing through Tyrus", e);
            return Optional.empty();
        }
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        write(Buffers.wrap(memory, batch.framed()), new Completion(done));
    }

    @Override
    void write(ByteBuffer frame) {
        write(Buffers.wrap(memory, frame), null);
    }

    private void write(
            Buffer frames, @Nullable CompletionHandler<WriteResult<WritableMessage, SocketAddress>> handler) {
        queue.write(connection, null, frames, handler);
    }

    /** Reports the result of a write. */
    private record Completion(Consumer<@Nullable Throwable> done)
            implements CompletionHandler<WriteResult<WritableMessage, SocketAddress>> {
        @Override
        public void completed(WriteResult<WritableMessage, SocketAddress> written) {
            done.accept(null);
        }

        @Override
        public void failed(Throwable why) {
            done.accept(why);
        }

        @Override
        public void cancelled() {
            done.accept(new CancellationException("The write was cancelled"));
        }

        @Override
        public void updated(WriteResult<WritableMessage, SocketAddress> written) {
            // Progress is not reported, only completion.
        }
    }
}
