package veche.dialect.wamp.router;

import java.util.Map;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.WampMessage;

/** The client of a session, of whichever version and serialization. Thread-safe; nothing here blocks. */
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

    /** Sends a message to this peer alone. */
    void send(WampMessage message);

    /** Sends an event that other peers receive too, encoded once for all of one format. */
    void deliver(Delivery delivery);

    /** The id of its connection. */
    String connection();

    /**
     * Ends the session and its connection, since the user may not use it any more: closes with {@code 1008}.
     *
     * @param reason of the close frame, one sentence
     * @param details further entries of GOODBYE's details
     */
    void expel(String reason, Map<String, Object> details);

    /** Handling a message of this peer failed on another thread: logs the cause and closes with {@code 1011}. */
    void fail(Throwable cause);

    /**
     * Sends GOODBYE and closes the connection.
     *
     * @param reason a URI
     * @param text the message; null for none
     */
    void end(String reason, String text);
}
