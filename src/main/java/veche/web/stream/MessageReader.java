package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Reads the body of a request without blocking (Jakarta Servlet §3.7), then answers with 204; with 408 if it does not arrive in time. */
final class MessageReader implements ReadListener, AsyncListener {
    private static final int BUFFER = 8_192;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final int max;
    private final Consumer<byte[]> receiver;
    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /**
     * @param max the number of bytes after which the rest is not read
     * @param receiver receives the bytes, at most one more than {@code max}
     * @param end called once, when nothing more is read
     */
    MessageReader(AsyncContext async, int max, Consumer<byte[]> receiver, Runnable end) throws IOException {
        this.async = async;
        this.in = async.getRequest().getInputStream();
        this.max = max;
        this.receiver = receiver;
        this.end = end;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (body.size() <= max && in.isReady()) {
            int length = in.read(buffer, 0, Math.min(buffer.length, max + 1 - body.size()));
            if (length < 0) {
                return; // Payara reports that all is read only once the end has been read
            }
            body.write(buffer, 0, length);
        }
        if (body.size() > max) {
            onAllDataRead();
        }
    }

    @Override
    public void onAllDataRead() {
        if (ended.compareAndSet(false, true)) {
            receiver.accept(body.toByteArray());
            answer(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private void answer(int status) {
        end.run();
        ((HttpServletResponse) async.getResponse()).setStatus(status);
        async.complete();
    }

    @Override
    public void onError(Throwable failure) {
        fail(HttpServletResponse.SC_BAD_REQUEST);
    }

    private void fail(int status) {
        if (ended.compareAndSet(false, true)) {
            answer(status);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        fail(HttpServletResponse.SC_REQUEST_TIMEOUT);
    }

    @Override
    public void onError(AsyncEvent event) {
        fail(HttpServletResponse.SC_BAD_REQUEST);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // The response has been answered.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request is not dispatched again.
    }
}
