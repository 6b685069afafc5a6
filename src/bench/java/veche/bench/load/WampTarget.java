package veche.bench.load;

/** The kind of URI that WAMP clients use; clients of other protocols always use rooms. */
public enum WampTarget {
    /** The topic of a room, {@code veche.room.<room>}: durable in Veche, an ordinary topic in other routers. */
    ROOM("veche.room."),
    /** A topic without storage: {@code bench.topic.<room>}. */
    TOPIC("bench.topic."),
    /** A procedure that the first client of a room registers and the others call: {@code bench.procedure.<room>}. */
    PROCEDURE("bench.procedure.");

    private final String prefix;

    WampTarget(String prefix) {
        this.prefix = prefix;
    }

    /** The URI for a room. */
    String uri(String room) {
        return prefix + room;
    }
}
