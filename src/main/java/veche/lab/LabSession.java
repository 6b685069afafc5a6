package veche.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import veche.delivery.Connection;
import veche.delivery.TaskExecutor;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.MalformedMessageException;

/** One visitor of the {@link Lab}. */
final class LabSession implements DialectSession {
    /** What is never sent: the client makes it up itself when the connection is lost (RFC 6455 §7.4.1). */
    private static final String LOST = "1006";

    private final Lab lab;
    private final Connection connection;
    private final boolean closes;
    private final ReadThrottle throttle;
    private final ScheduledFuture<?> end;
    private long heard;

    LabSession(Lab lab, TaskExecutor executor, Connection connection, String purpose) {
        this.lab = lab;
        this.connection = connection;
        this.closes = purpose.equals("close");
        this.throttle = purpose.equals("slow") ? throttle(executor) : null;
        this.end = executor.timer()
                .schedule(
                        () -> connection.close(
                                CloseCode.NORMAL,
                                "The lab's visits last "
                                        + lab.limits().lifetime().toSeconds() + " s"),
                        lab.limits().lifetime().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private ReadThrottle throttle(TaskExecutor executor) {
        if (!lab.slow().tryAcquire()) {
            connection.close(CloseCode.TRY_AGAIN_LATER, "Others are being read slowly; come back");
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
        // Who is read slowly is told how far: to send all back would be a second experiment.
        connection.send(throttle == null ? new Frame.Binary(data) : new Frame.Text(Long.toString(heard)));
        pace(bytes);
    }

    private void count(int bytes) {
        if (bytes > lab.limits().maxMessageBytes()) {
            throw new MalformedMessageException(
                    CloseCode.TOO_BIG,
                    "The lab takes messages of at most " + lab.limits().maxMessageBytes() + " bytes");
        }
        heard += Math.max(bytes, Lab.LEAST_COUNTED_BYTES);
        if (heard > lab.limits().maxBytes()) {
            throw new MalformedMessageException(
                    CloseCode.POLICY, "The lab takes " + lab.limits().maxBytes() + " bytes of each visitor");
        }
    }

    private void pace(int bytes) {
        if (throttle != null) {
            throttle.took(bytes);
        }
    }

    /** Closes as {@code "1001 with this reason"} asks. */
    private void close(String asked) {
        String[] parts = asked.split(" ", 2);
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
