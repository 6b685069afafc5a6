package veche.room;

/**
 * Who hears a message live: WAMP's publisher exclusion and black- and whitelists. The listener is the object that was
 * given when following the room. Implementations are immutable, cheap and never throw: this is asked on the hot path.
 */
@FunctionalInterface
public interface Audience {
    /** Nobody is left out. Compared by identity on the hot path. */
    Audience EVERYONE = listener -> true;

    /** Whether that listener hears the message. */
    boolean admits(Object listener);
}
