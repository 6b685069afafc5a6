package veche.room;

/**
 * A recent message in a room's cache, as read by subscribers.
 *
 * @param message the committed message
 * @param sequence commit number on this node, across all rooms; keeps a publisher's messages to two rooms in order for
 *     a subscriber of both (WAMP basic profile, "Ordering Guarantees")
 * @param audience the subscribers that receive it live
 * @param volume cumulative bytes of content in the room, including this message, since this node opened the room; the
 *     difference between two entries is a lagging subscriber's backlog
 */
public record Entry(Message message, long sequence, Audience audience, long volume) {}
