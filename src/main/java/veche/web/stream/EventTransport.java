package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import veche.dialect.stream.Page;
import veche.room.Position;

/** A response of server-sent events. A comment takes the place of a ping, and its receipt that of the pong. */
final class EventTransport extends ResponseTransport {
    private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.UTF_8);

    EventTransport(AsyncContext async) throws IOException {
        super(async);
    }

    @Override
    void begin(HttpServletResponse head, Position at) {
        head.setContentType("text/event-stream");
        head.setCharacterEncoding("utf-8");
        head.setHeader("Cache-Control", "no-cache, no-store");
        // nginx would hold events back until its buffer is full.
        head.setHeader("X-Accel-Buffering", "no");
    }

    @Override
    String answer(HttpServletResponse head, Optional<Page> page) {
        return Answers.head(head, page, null);
    }

    @Override
    protected void ping() {
        write(ByteBuffer.wrap(PING), failure -> {
            if (failure == null) {
                pong();
            }
        });
    }
}
