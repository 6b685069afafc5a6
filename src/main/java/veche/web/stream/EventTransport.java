package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import veche.dialect.stream.Page;
import veche.room.Position;

/** A response of server-sent events. A comment takes the place of a ping, and its receipt that of the pong. */
final class EventTransport extends StreamTransport {
    EventTransport(AsyncContext async) throws IOException {
        super(async);
    }

    @Override
    void begin(HttpServletResponse head, Position at) {
        Answers.events(head);
    }

    @Override
    String answer(HttpServletResponse head, Optional<Page> page) {
        return Answers.head(head, page, null);
    }

    @Override
    protected void ping() {
        comment();
    }
}
