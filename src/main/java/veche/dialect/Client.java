package veche.dialect;

import java.time.Duration;
import veche.room.Room;

/**
 * One connection, as a conversation sees it. Thread-safe; nothing here blocks. After the connection has ended every
 * method does nothing.
 */
public interface Client {
    /** The connection's id, unique on this node: what log lines name. */
    String id();

    /**
     * Sends to this client alone. Frames arrive in the order of calls, and after every message that had been committed
     * before the call in the rooms followed live.
     */
    void send(Frame frame);

    /**
     * Follows a room from just behind a position: messages not yet seen are read back from the log where need be, then
     * come live, without hole or repeat. Only messages whose audience admits {@code listener} are heard live.
     *
     * @param after the last position already known, from {@link Room#tail()} or {@link Room#resume}
     */
    Following follow(Room room, long after, MessageEncoder encoder, Object listener);

    /** Sends what was handed over before, then closes. The reason is cut to 123 bytes of UTF-8 (RFC 6455 §5.5). */
    void close(CloseCode code, String reason);

    /** Closes after a delay, if the connection still stands. */
    void closeAfter(Duration delay, CloseCode code, String reason);

    /** Our fault: logs it under an incident id, and closes with 1011 and that id (RFC 6455 §7.4.1). */
    void fail(Throwable why);

    /** A room followed by a client. */
    @FunctionalInterface
    interface Following {
        /** Ends it: nothing more of the room is put into this client's frames. */
        void stop();
    }
}
