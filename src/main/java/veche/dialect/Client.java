package veche.dialect;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.Room;

/**
 * One connection, as seen by a dialect session. Thread-safe; no method blocks. After the connection has closed, all
 * methods are no-ops.
 */
public interface Client {
    /** The connection's id as used in log lines, unique on this node. */
    String id();

    /**
     * Sends a frame to this client alone. Frames arrive in the order of calls, and after every message that was
     * committed before the call in the rooms followed live.
     */
    void send(Frame frame);

    /**
     * Follows a room from the position after {@code after}. Missed messages are read from the log if necessary; then
     * messages are delivered live, without gaps or duplicates. Live messages are delivered only if their audience
     * admits {@code listener}.
     *
     * @param after the last position known to the client, from {@link Room#tail()} or {@link Room#resume}
     */
    default Following follow(Room room, long after, MessageEncoder encoder, Object listener) {
        return follow(CompletableFuture.completedFuture(room), after, encoder, listener);
    }

    /**
     * Follows a room that is being opened, in its place in the order: frames that are sent and messages that are
     * committed after this call wait until the stage completes. If it fails, no room is followed.
     *
     * @param opening must complete; until then, the client receives nothing further
     */
    Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener);

    /** Sends the queued frames, then closes. The reason is truncated to 123 bytes of UTF-8 (RFC 6455 §5.5). */
    void close(CloseCode code, String reason);

    /** Closes after a delay, if the connection is still open. */
    void closeAfter(Duration delay, CloseCode code, String reason);

    /** Reports an internal error: logs it under an incident id and closes with 1011 and that id (RFC 6455 §7.4.1). */
    void fail(Throwable why);

    /** A room followed by a client. */
    @FunctionalInterface
    interface Following {
        /** Stops following: no further messages of the room are sent to this client. */
        void stop();
    }
}
