package veche.web.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import veche.limit.ClientMemory;

/** Reads the body of one request without blocking, and accounts its bytes until {@link #release}. */
final class RequestBody {
    private static final int BUFFER_BYTES = 8_192;

    private final int max;
    private final ClientMemory memory;
    private final LongAdder held;
    private final AtomicLong accounted = new AtomicLong();

    /** @param max the maximum size in bytes */
    RequestBody(int max, ClientMemory memory) {
        this.max = max;
        this.memory = memory;
        this.held = memory.counter(ClientMemory.Part.ASSEMBLY);
    }

    /** Whether the request has a body. */
    static boolean isSent(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null || request.getContentLengthLong() > 0;
    }

    static ProblemException tooLarge(int max) {
        return new ProblemException(ProblemType.TOO_LARGE, "The body of a request has at most " + max + " bytes");
    }

    /** The stage completes on a thread of the container; it fails with a {@link ProblemException}. */
    CompletionStage<byte[]> read(HttpServletRequest request) {
        if (!isSent(request)) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        if (memory.refuses()) {
            return CompletableFuture.failedFuture(
                    new ProblemException(ProblemType.UNAVAILABLE, "The server holds too much for its clients"));
        }
        CompletableFuture<byte[]> content = new CompletableFuture<>();
        try {
            ServletInputStream input = request.getInputStream();
            input.setReadListener(new Listener(input, content));
        } catch (IOException | IllegalStateException e) {
            content.completeExceptionally(unreadable());
        }
        return content;
    }

    private static ProblemException unreadable() {
        return new ProblemException(ProblemType.INVALID_REQUEST, "The body cannot be read");
    }

    private void account(int bytes) {
        held.add(bytes);
        accounted.addAndGet(bytes);
    }

    /** The request has ended. Idempotent. */
    void release() {
        held.add(-accounted.getAndSet(0));
    }

    private final class Listener implements ReadListener {
        private final ServletInputStream input;
        private final CompletableFuture<byte[]> content;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[BUFFER_BYTES];

        Listener(ServletInputStream input, CompletableFuture<byte[]> content) {
            this.input = input;
            this.content = content;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (input.isReady()) {
                int count = input.read(buffer);
                if (count < 0) {
                    return;
                }
                if (content.isDone()) {
                    continue; // too large: the rest is discarded
                }
                if (received.size() + count > max) {
                    content.completeExceptionally(tooLarge(max));
                } else {
                    received.write(buffer, 0, count);
                    account(count);
                }
            }
        }

        @Override
        public void onAllDataRead() {
            content.complete(received.toByteArray());
        }

        @Override
        public void onError(Throwable lost) {
            content.completeExceptionally(unreadable());
        }
    }
}
