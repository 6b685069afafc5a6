package veche.faults;

/** What is verified, and how a violation is called in the report. Immutable. */
enum Guarantee {
    POSITION(1, "positions", "a position has one message, for all clients and in the log, without gaps"),
    ACKNOWLEDGED(2, "lost", "an acknowledged message is in the log at the acknowledged position"),
    GAP(3, "lost", "a subscriber receives every message from where it began"),
    ONCE(3, "duplicated", "a subscriber receives no message twice"),
    RECOVERED(3, "not recovered", "a position of this epoch that the log has is recovered"),
    ORDER(3, "out of order", "a subscriber receives messages in the order of their positions"),
    EXISTS(4, "unfounded", "a delivered message is in the log, a refused one is not"),
    REAL_TIME(5, "out of order", "a message that is sent after another was acknowledged has a higher position"),
    PUBLISHER(6, "out of order", "messages of one connection to several rooms are received in their order"),
    KEY(7, "duplicated", "the log has one message for each room, author and key"),
    OUTBOX(8, "outbox", "a committed row becomes one message, in the order of the commits; a rolled-back one none"),
    AUDIENCE(9, "disclosed", "an event reaches only those whom its whitelist names"),
    EPHEMERAL(9, "duplicated", "a subscription receives an event at most once, in the order of a connection"),
    ANSWER(10, "calls", "a call has one final answer, in time, and is executed at most once"),
    CALLABLE(10, "calls", "after the faults, a procedure can be called on every node"),
    BAN(11, "bans", "no message of a user is accepted later than a second after its ban"),
    PRESENCE(12, "presence", "after the faults, the members of a room are those that are connected, on every node"),
    CAUGHT_UP(13, "late", "all subscribers have all messages soon after a fault has ended");

    private final int number;
    private final String violation;
    private final String meaning;

    Guarantee(int number, String violation, String meaning) {
        this.number = number;
        this.violation = violation;
        this.meaning = meaning;
    }

    /** Its number among the properties of the cluster. */
    int number() {
        return number;
    }

    /** The word under which violations are counted. */
    String violation() {
        return violation;
    }

    String meaning() {
        return meaning;
    }
}
