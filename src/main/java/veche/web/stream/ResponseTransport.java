package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.delivery.Transport;
import veche.dialect.CloseCode;

/**
 * Writes frames to the body of an HTTP response without blocking (Jakarta Servlet §5.7). The container reports on its
 * own threads that the response can be written to, while batches come from the delivery worker: whoever comes first
 * writes, and the other leaves it the work.
 */
abstract class ResponseTransport extends Transport implements WriteListener {
    private static final byte[] COMMENT = ": ping\n\n".getBytes(StandardCharsets.UTF_8);

    private record Write(ByteBuffer bytes, Consumer<@Nullable Throwable> done) {}

    private final AsyncContext async;
    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();
    /** Whether the container has reported that the response can be written to, and has not refused since. */
    private volatile boolean possible;

    private volatile boolean closing;
    private volatile Runnable onPong = () -> {};
    /** Written, but perhaps not flushed. Confined to the thread that has the work, as {@link #flushed}. */
    private @Nullable Write current;

    private boolean flushed;

    ResponseTransport(AsyncContext async) throws IOException {
        this.async = async;
        this.response = (HttpServletResponse) async.getResponse();
        this.out = response.getOutputStream();
    }

    /**
     * Begins to write; called before the request's thread returns to the container.
     *
     * @param pong called when there is reason to believe that the client is still there
     */
    void start(Runnable pong) {
        onPong = pong;
        out.setWriteListener(this);
    }

    /** Writes bytes after those that are waiting. */
    void write(ByteBuffer bytes, Consumer<@Nullable Throwable> done) {
        waiting.add(new Write(bytes, done));
        proceed();
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        write(batch.payloads(), done);
    }

    /** Sends a comment as a ping; if the client's host accepts it, or has space for it, that is the pong. */
    void comment() {
        write(ByteBuffer.wrap(COMMENT), failure -> {
            if (failure == null) {
                pong();
            }
        });
    }

    /** A client has no other way to reply to a ping than to stay connected. */
    void pong() {
        onPong.run();
    }

    HttpServletResponse response() {
        return response;
    }

    /** The head of the response is set: it will have no other status. */
    void begun() {
        begun.set(true);
    }

    /** Ends the response, with an error if it has not begun. */
    @Override
    protected void close(int code, String reason) {
        if (begun.compareAndSet(false, true)) {
            refuse(code, reason);
        }
        complete();
    }

    final void refuse(int code, String reason) {
        Problem problem = code == CloseCode.POLICY.number()
                ? new Problem(403, "Forbidden", reason)
                : new Problem(503, "Unavailable", reason);
        write(ByteBuffer.wrap(problem.begin(response).getBytes(StandardCharsets.UTF_8)), failure -> {});
    }

    /** Ends the response after what is waiting. */
    void complete() {
        closing = true;
        proceed();
    }

    @Override
    protected void abort() {
        if (completed.compareAndSet(false, true)) {
            async.complete();
        }
    }

    @Override
    public void onWritePossible() {
        possible = true;
        proceed();
    }

    @Override
    public void onError(Throwable failure) {
        Write failed = current == null ? waiting.poll() : current;
        if (failed != null) {
            failed.done().accept(failure);
        }
        abort();
    }

    private void proceed() {
        if (work.getAndIncrement() == 0) {
            do {
                try {
                    writeWhilePossible();
                } catch (IOException | IllegalStateException e) {
                    onError(e);
                }
            } while (work.decrementAndGet() > 0);
        }
    }

    private void writeWhilePossible() throws IOException {
        while (isPossible() && !completed.get()) {
            if (current != null && !flushed) {
                flushed = true;
                out.flush();
                continue;
            }
            Write done = current;
            current = null;
            if (done != null) {
                done.done().accept(null);
            }
            current = waiting.poll();
            if (current == null) {
                if (closing) {
                    abort();
                }
                return;
            }
            flushed = false;
            out.write(current.bytes().array());
        }
    }

    /** If not, the container will report when it is, possibly before this method returns. */
    private boolean isPossible() {
        if (possible) {
            possible = false;
            if (!out.isReady()) {
                return false;
            }
            possible = true;
        }
        return possible;
    }
}
