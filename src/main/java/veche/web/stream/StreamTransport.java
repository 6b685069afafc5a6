package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import veche.dialect.stream.Page;
import veche.dialect.stream.StreamResponse;
import veche.room.Position;

/** The response to a request that reads a room. */
abstract class StreamTransport extends ResponseTransport implements StreamResponse {
    StreamTransport(AsyncContext async) throws IOException {
        super(async);
    }

    @Override
    public final String answer(Optional<Page> page) {
        begun();
        return answer(response(), page);
    }

    /** Sets the head of a response with messages, and returns its body. */
    abstract String answer(HttpServletResponse head, Optional<Page> page);

    @Override
    public final void begin(Position at) {
        begun();
        begin(response(), at);
    }

    /** Sets the head of a response whose messages follow. */
    abstract void begin(HttpServletResponse head, Position at);

    @Override
    public final String refuse(Throwable failure) {
        begun();
        return Problem.of(failure).begin(response());
    }
}
