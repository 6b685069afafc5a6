package veche.dialect.wamp.router;

import java.util.Locale;
import java.util.stream.Stream;

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

    /** The name in settings, rules and questions to authorizers: in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action on a URI as part of a sentence. */
    String on(String uri) {
        return switch (this) {
            case SUBSCRIBE -> "subscribe to '" + uri + "'";
            case PUBLISH -> "publish to '" + uri + "'";
            case CALL -> "call '" + uri + "'";
            case REGISTER -> "register '" + uri + "'";
            case META -> "use the meta API: '" + uri + "'";
        };
    }

    /**
     * Returns the action of a name in settings, which is in lower case.
     *
     * @throws IllegalArgumentException where no action has this name
     */
    public static UriAction of(String name) {
        return Stream.of(values())
                .filter(action -> action.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown action '" + name + "'"));
    }
}
