package veche.socket;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Malformed;
import veche.dialect.Opening;

/**
 * One open socket: what its endpoint's callbacks lead to. Whatever a conversation throws ends here, since containers
 * answer it in different ways, or not at all.
 */
final class Dialogue {
    private final Connection connection;
    private final Fanout fanout;
    private final Inbound inbound;
    private final Opening opening;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile Conversation conversation;
    /** Written by one reader thread at a time. */
    private volatile long heard;

    private volatile int endedByClient;

    Dialogue(Fanout fanout, Wire wire, Opening opening) {
        this.fanout = fanout;
        this.opening = opening;
        this.inbound = new Inbound(fanout.limits());
        this.connection = fanout.connect(wire);
    }

    /** Begins the conversation; before anything is heard. */
    void begin(Dialect dialect) {
        try {
            conversation = dialect.open(connection, opening);
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    String id() {
        return connection.id();
    }

    Connection connection() {
        return connection;
    }

    Opening opening() {
        return opening;
    }

    void text(String part, boolean last) {
        count(last);
        hear(() -> inbound.text(part, last).ifPresent(conversation::hear));
    }

    void binary(ByteBuffer part, boolean last) {
        count(last);
        hear(() -> inbound.binary(part, last).ifPresent(conversation::hear));
    }

    void pong() {
        connection.pulse().heard();
    }

    private void count(boolean last) {
        if (last) {
            heard = heard + 1;
        }
    }

    /** Messages that came from the client. */
    long heard() {
        return heard;
    }

    private void hear(Runnable said) {
        if (connection.ended()) {
            return;
        }
        connection.pulse().heard();
        try {
            said.run();
        } catch (Malformed malformed) {
            connection.end(malformed.code(), malformed.getMessage());
        } catch (RuntimeException e) {
            fanout.failed(connection, e);
        }
    }

    /** The client, or its network, ended it so. */
    void closedWith(int code) {
        endedByClient = code;
    }

    /** The code with which it ended, whoever chose it; 0 where nobody has told. */
    Connection.Ending ending() {
        Connection.Ending ours = connection.ending();
        return ours.code() == 0 ? new Connection.Ending(endedByClient, "") : ours;
    }

    /** The socket is no more, whoever ended it. */
    void gone() {
        connection.release();
        if (conversation != null && gone.compareAndSet(false, true)) {
            conversation.closed();
        }
    }

    void close(CloseCode code, String reason) {
        connection.close(code, reason);
    }
}
