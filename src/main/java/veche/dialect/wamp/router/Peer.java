package veche.dialect.wamp.router;

import veche.dialect.Client.Following;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.WampMessage;
import veche.room.Ejection;
import veche.room.Room;

/** The other end of a session, in whatever version or serialization it speaks. Thread-safe; nothing here blocks. */
public interface Peer {
    /** Whether what this peer speaks can represent the payload. */
    default boolean canReceive(Payload payload) {
        try {
            payload.portable();
            return true;
        } catch (UnmappableException e) {
            return false;
        }
    }

    /** Whether what this peer speaks can represent the event. */
    default boolean canReceive(Delivery delivery) {
        return canReceive(delivery.event().payload());
    }

    /** Says something to this peer alone. */
    void tell(WampMessage message);

    /** Gives it an event that others hear too, worded once for all that speak alike. */
    void hear(Delivery delivery);

    /**
     * Lets it follow a room.
     *
     * @param after the last position already known
     * @param subscription whose events these are
     * @param resuming whether each event's details carry {@code _position}
     */
    Following follow(Room room, long after, Session session, Subscription subscription, boolean resuming);

    /** The id of its connection. */
    String connection();

    /** A moderator, or the expiry of its token, ends it: announces why, and closes with {@code 1008} and the reason. */
    void eject(Ejection ejection);

    /** Handling a message of this peer failed on another thread: logs the cause and closes with {@code 1011}. */
    void fail(Throwable cause);

    /** The router ended the session: say so and close. The text is null where there is none. */
    void end(String reason, String text);
}
