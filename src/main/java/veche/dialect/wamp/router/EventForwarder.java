package veche.dialect.wamp.router;

/** Passes the events of this node's publishers to the other nodes. Thread-safe; must not block. */
@FunctionalInterface
public interface EventForwarder {
    /** There are no other nodes. */
    EventForwarder NONE = (event, recipients, retain) -> {};

    /**
     * Forwards an event that is not stored in a log.
     *
     * @param retain whether it is retained for later subscribers
     */
    void forward(Event event, Recipients recipients, boolean retain);
}
