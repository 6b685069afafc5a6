package veche.bench.load;

/** What WAMP clients talk through; the other dialects know rooms only. */
public enum Over {
    /** One of Veche's rooms, by its topic {@code veche.room.<room>}: durable there, a topic like others elsewhere. */
    ROOM("veche.room."),
    /** A topic that no router keeps: {@code bench.topic.<room>}. */
    TOPIC("bench.topic."),
    /** A procedure that the first client of the room registers and all others call: {@code bench.procedure.<room>}. */
    PROCEDURE("bench.procedure.");

    private final String prefix;

    Over(String prefix) {
        this.prefix = prefix;
    }

    /** The URI for a room. */
    String uri(String room) {
        return prefix + room;
    }
}
