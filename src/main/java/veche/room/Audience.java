package veche.room;

/**
 * Selects the subscribers that receive a message live: WAMP publisher exclusion and black- and whitelisting. The
 * listener is the object passed when subscribing to the room. Implementations are immutable, cheap and never throw, as
 * the delivery hot path calls them.
 */
@FunctionalInterface
public interface Audience {
    /** Excludes no subscriber. Compared by identity on the hot path. */
    Audience EVERYONE = listener -> true;

    /** Whether the listener receives the message. */
    boolean admits(Object listener);
}
