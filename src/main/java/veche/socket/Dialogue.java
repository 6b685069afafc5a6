package veche.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Dialect;
import veche.dialect.Malformed;
import veche.dialect.Opening;
import veche.room.Author;
import veche.room.Visit;

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
    private final Instant since = Instant.now();
    private volatile Conversation conversation;
    /** Written by the one thread that reads this socket at a time. */
    private volatile long received;

    Dialogue(Fanout fanout, Wire wire, Opening opening) {
        this.fanout = fanout;
        this.opening = opening;
        this.inbound = new Inbound(fanout.limits(), opening.subprotocol());
        this.connection = fanout.connect(wire);
    }

    /** Begins the conversation; before anything is heard. */
    void begin(Dialect dialect) {
        Journal.opened(id(), opening);
        connection.epilogue((ending, rooms) -> Journal.closed(id(), ending, rooms));
        try {
            conversation = dialect.open(connection, opening);
        } catch (RuntimeException | Error e) {
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

    /** As whom its client speaks or spoke: by the proof that came last. */
    Author author() {
        return Optional.ofNullable(conversation).flatMap(Conversation::author).orElse(opening.author());
    }

    void text(String part, boolean last) {
        hear(last, () -> inbound.text(part, last).ifPresent(conversation::hear));
    }

    void binary(ByteBuffer part, boolean last) {
        hear(last, () -> inbound.binary(part, last).ifPresent(conversation::hear));
    }

    void pong() {
        connection.pulse().heard();
    }

    private void hear(boolean last, Runnable said) {
        if (connection.ended()) {
            return;
        }
        connection.pulse().heard();
        if (last) {
            received = received + 1;
        }
        try {
            said.run();
        } catch (Malformed malformed) {
            connection.end(malformed.code(), malformed.getMessage());
        } catch (RuntimeException | Error e) {
            // An Error too: a container may discard it, and the message would be lost without a trace.
            fanout.failed(connection, e);
        }
    }

    /** @param visit what its visitor has entered, or null where that is nothing yet */
    ConnectionSnapshot snapshot(Visit visit) {
        return new ConnectionSnapshot(
                id(),
                visit == null ? opening.visitor() : visit.visitor(),
                opening.subprotocol(),
                opening.uri().getPath(),
                visit == null ? Set.of() : visit.attended(),
                opening.remoteAddress(),
                since,
                connection.pendingBytes(),
                Duration.ofNanos(connection.stalledFor(System.nanoTime())),
                connection.sent().messages(),
                connection.sent().bytes(),
                received,
                connection.wireName());
    }

    Ending ending() {
        return connection.ending();
    }

    /** The socket is no more, whoever ended it; the code is what its client, or the network, ended it with. */
    void gone(int code) {
        connection.release(code);
        if (conversation != null && gone.compareAndSet(false, true)) {
            conversation.closed();
        }
    }

    /** Ends it at once, whatever still waits. */
    void end(CloseCode code, String reason) {
        connection.end(code, reason);
    }

    void close(CloseCode code, String reason) {
        connection.close(code, reason);
    }
}
