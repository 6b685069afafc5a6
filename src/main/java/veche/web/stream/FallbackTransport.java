package veche.web.stream;

import jakarta.json.Json;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;

/**
 * The frames of a subprotocol as server-sent events: a text as an event without a type, bytes as an event {@code binary}
 * in base64, and, as the first and the last, {@code open} and {@code close}.
 */
final class FallbackTransport extends ResponseTransport {
    /** @param connection the secret by which the client sends */
    FallbackTransport(AsyncContext async, String connection, String subprotocol) throws IOException {
        super(async);
        Answers.events(response());
        begun();
        event(
                "open",
                Json.createObjectBuilder()
                        .add("connection", connection)
                        .add("protocol", subprotocol)
                        .build()
                        .toString());
    }

    private void event(String type, String data) {
        String event = "event: " + type + "\ndata: " + data + "\n\n";
        write(ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)), failure -> {});
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        write(batch.events(), done);
    }

    @Override
    protected void ping() {
        comment();
    }

    @Override
    protected void close(int code, String reason) {
        event(
                "close",
                Json.createObjectBuilder()
                        .add("code", code)
                        .add("reason", reason)
                        .build()
                        .toString());
        super.close(code, reason);
    }
}
