package veche.dialect.plain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
import veche.room.Author;
import veche.room.Room;

/** A client that records the calls it receives. */
final class RecordingClient implements Client {
    static final Author ANN = new Author("ann", "Ann");

    final List<String> calls = new CopyOnWriteArrayList<>();
    /** Thrown by {@link #close}, unless null. */
    RuntimeException planted;

    @Override
    public String id() {
        return "1";
    }

    @Override
    public void send(Frame frame) {
        calls.add("send " + ((Frame.Text) frame).text());
    }

    @Override
    public Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
        calls.add("follow " + room.name() + " after " + after);
        return () -> {};
    }

    @Override
    public Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener) {
        throw new AssertionError("The room is open");
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (planted != null) {
            throw planted;
        }
        calls.add("close " + code.number());
    }

    @Override
    public void closeAfter(Duration delay, CloseCode code, String reason) {
        calls.add("close " + code.number() + " " + reason + " after " + delay);
    }

    @Override
    public void fail(Throwable cause) {
        calls.add("fail " + cause.getMessage());
    }

    DialectSession open(Dialect dialect, Map<String, String> parameters, Locale language) {
        return dialect.open(
                this,
                new HandshakeInfo(
                        "", ANN, URI.create("ws://site.com/chat"), parameters, Map.of(), "::1", List.of(language)));
    }
}
