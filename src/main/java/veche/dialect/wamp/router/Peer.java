package veche.dialect.wamp.router;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.WampMessage;

/** The client of a session, independent of protocol version and serialization. Thread-safe; no method blocks. */
public interface Peer {
    /** Whether its serialization can represent the payload. */
    default boolean canReceive(Payload payload) {
        try {
            payload.portable();
            return true;
        } catch (UnmappableException e) {
            return false;
        }
    }

    /** Whether its serialization can represent the event. */
    default boolean canReceive(Delivery delivery) {
        return canReceive(delivery.event().payload());
    }

    /** Sends a message to this peer only. */
    void send(WampMessage message);

    /** Sends an event that other peers receive as well; it is encoded once per format. */
    void deliver(Delivery delivery);

    /** The caller does not await the answer to an invocation any more; the peer is not interrupted. */
    default void skipped(long invocation) {}

    /** The id of the peer's connection. */
    String connection();

    /** The IP address of the peer's connection; empty if it has none. */
    default String address() {
        return "";
    }

    /**
     * Ends the session and its connection, because the user has lost access: closes with {@code 1008}.
     *
     * @param reason the reason in the close frame, one sentence
     * @param details further entries of GOODBYE's Details
     */
    void expel(String reason, Map<String, Object> details);

    /**
     * Logs the exception that processing a message of this peer has thrown on another thread, and closes with
     * {@code 1011}.
     */
    void fail(Throwable cause);

    /**
     * Sends GOODBYE and closes the connection.
     *
     * @param reason a URI
     * @param text the message; null for none
     */
    void end(String reason, @Nullable String text);
}
