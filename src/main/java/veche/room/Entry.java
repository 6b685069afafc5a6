package veche.room;

/**
 * A recent message, as followers read it.
 *
 * @param message what was committed
 * @param sequence its place among all commits of this node, over all rooms: what keeps a publisher's messages to two
 *     rooms in order at one who follows both (WAMP basic profile, "Ordering Guarantees")
 * @param audience who hears it live
 * @param volume bytes of content in the room up to and with this message, since this node opened it: the difference of
 *     two is what a lagging listener has yet to hear
 */
public record Entry(Message message, long sequence, Audience audience, long volume) {}
