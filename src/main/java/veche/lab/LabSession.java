package veche.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.delivery.Connection;
import veche.delivery.TaskExecutor;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.MalformedMessageException;

/** One connection to the {@link Lab}. */
final class LabSession implements DialectSession {
    /** Never sent in a close frame: the client reports it when the connection is lost (RFC 6455 §7.4.1). */
    private static final String LOST = "1006";

    private final Lab lab;
    private final Connection connection;
    private final boolean closes;
    private final @Nullable ReadThrottle throttle;
    private final ScheduledFuture<?> end;
    private long receivedBytes;

    LabSession(Lab lab, TaskExecutor executor, Connection connection, String purpose) {
        this.lab = lab;
        this.connection = connection;
        this.closes = purpose.equals("close");
        this.throttle = purpose.equals("slow") ? throttle(executor) : null;
        this.end = executor.timer()
                .schedule(
                        () -> connection.close(
                                CloseCode.NORMAL,
                                "The lab closes connections after "
                                        + lab.limits().lifetime().toSeconds() + " s"),
                        lab.limits().lifetime().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private @Nullable ReadThrottle throttle(TaskExecutor executor) {
        if (!lab.slow().tryAcquire()) {
            connection.close(CloseCode.TRY_AGAIN_LATER, "Too many slow readers; retry later");
            return null;
        }
        return new ReadThrottle(connection.transport(), executor, lab.limits(), lab.slow()::release);
    }

    @Override
    public void onText(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        count(bytes);
        if (closes) {
            close(text);
        } else {
            connection.send(new Frame.Text(text));
            pace(bytes);
        }
    }

    @Override
    public void onBinary(ByteBuffer data) {
        int bytes = data.remaining();
        count(bytes);
        // A client that is read slowly receives the number of bytes read; an echo would be a second experiment.
        connection.send(throttle == null ? new Frame.Binary(data) : new Frame.Text(Long.toString(receivedBytes)));
        pace(bytes);
    }

    private void count(int bytes) {
        if (bytes > lab.limits().maxMessageBytes()) {
            throw new MalformedMessageException(
                    CloseCode.TOO_BIG,
                    "The lab accepts messages of at most " + lab.limits().maxMessageBytes() + " bytes");
        }
        receivedBytes += Math.max(bytes, Lab.LEAST_COUNTED_BYTES);
        if (receivedBytes > lab.limits().maxBytes()) {
            throw new MalformedMessageException(
                    CloseCode.POLICY, "The lab accepts at most " + lab.limits().maxBytes() + " bytes per connection");
        }
    }

    private void pace(int bytes) {
        if (throttle != null) {
            throttle.received(bytes);
        }
    }

    /** Closes with the code and the reason of a request like {@code "1001 with this reason"}. */
    private void close(String request) {
        String[] parts = request.split(" ", 2);
        if (parts[0].equals(LOST)) {
            connection.abort();
            return;
        }
        CloseCode code = Arrays.stream(CloseCode.values())
                .filter(known -> Integer.toString(known.number()).equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException(
                        CloseCode.UNACCEPTABLE, "This server never closes with such a code"));
        connection.close(code, parts.length == 1 ? "" : parts[1]);
    }

    @Override
    public void onClose() {
        end.cancel(false);
        lab.left();
        if (throttle != null) {
            throttle.end();
        }
    }
}
