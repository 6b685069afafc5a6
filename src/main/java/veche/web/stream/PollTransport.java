package veche.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.delivery.FrameBatch;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.stream.Page;
import veche.room.Position;

/** A response that ends with the first messages. Until then, it may wait for them. */
final class PollTransport extends StreamTransport {
    private enum State {
        /** The messages, if there are any, are there already. */
        READING,
        WAITING,
        ANSWERED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.READING);
    private final HttpServletResponse head;
    /** Written before the state is {@link State#WAITING}. */
    private volatile @Nullable Position waitsAt;

    private final String cursor;
    private final @Nullable String knownTag;

    /**
     * @param cursor the cursor of a response with messages that were waited for
     * @param knownTag the entity tag of the response that the client has, or null
     */
    PollTransport(AsyncContext async, String cursor, @Nullable String knownTag) throws IOException {
        super(async);
        this.head = (HttpServletResponse) async.getResponse();
        this.cursor = cursor;
        this.knownTag = knownTag;
    }

    @Override
    void begin(HttpServletResponse head, Position at) {
        waitsAt = at;
        head.setHeader("Stream-Cursor", cursor);
        state.set(State.WAITING);
    }

    @Override
    String answer(HttpServletResponse head, Optional<Page> page) {
        head.setHeader("Stream-Cursor", cursor);
        return Answers.head(head, page, knownTag);
    }

    @Override
    protected void send(FrameBatch batch, Consumer<@Nullable Throwable> done) {
        if (state.compareAndSet(State.WAITING, State.ANSWERED)) {
            String[] lines = ((Frame.Text) batch.frames().get(0)).text().split("\n", 3);
            Answers.next(head, lines[0], Boolean.parseBoolean(lines[1]));
            Answers.ok(head);
            write(ByteBuffer.wrap(lines[2].getBytes(StandardCharsets.UTF_8)), done);
            complete();
        } else if (state.get() == State.ANSWERED) {
            done.accept(null); // the client asks for the rest
        } else {
            super.send(batch, done);
        }
    }

    /** Nothing may precede the head of the response. */
    @Override
    protected void ping() {
        pong();
    }

    @Override
    protected void close(int code, String reason) {
        if (!state.compareAndSet(State.WAITING, State.ANSWERED)) {
            super.close(code, reason);
        } else if (code == CloseCode.POLICY.number()) {
            refuse(code, reason);
            complete();
        } else {
            Answers.next(head, Objects.requireNonNull(waitsAt), true);
            head.setHeader("Cache-Control", "no-store");
            head.setStatus(HttpServletResponse.SC_NO_CONTENT);
            complete();
        }
    }
}
