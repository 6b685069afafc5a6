package veche.dialect.wamp.router;

import java.util.Locale;

/** What a session may do with a URI. */
public enum UriAction {
    /** Subscribe to a topic or a pattern. */
    SUBSCRIBE,
    /** Publish to a topic. */
    PUBLISH,
    /** Call a procedure. */
    CALL,
    /** Register a procedure or a pattern. */
    REGISTER,
    /** Call procedures of the meta APIs and receive their events, which reveal other sessions and their URIs. */
    META;

    /** The name in settings and error messages. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where no action has this name */
    public static UriAction of(String wireName) {
        for (UriAction action : values()) {
            if (action.wireName().equals(wireName)) {
                return action;
            }
        }
        throw new IllegalArgumentException("Unknown action '" + wireName + "'");
    }
}
