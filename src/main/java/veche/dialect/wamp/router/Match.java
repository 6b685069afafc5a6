package veche.dialect.wamp.router;

import java.util.Locale;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** The match policy of a URI in SUBSCRIBE or REGISTER (advanced profile, "Pattern-based Subscriptions"). */
public enum Match {
    /** The URI equals the pattern. */
    EXACT,
    /** The URI starts with the pattern. */
    PREFIX,
    /** The URI has as many components as the pattern, whose empty components match any. */
    WILDCARD;

    /**
     * Returns the policy in the options; exact where there is none.
     *
     * @throws ProtocolViolationException where the policy is unknown
     */
    public static Match of(Dict options) {
        String name = options.string("match").orElse("exact");
        return switch (name) {
            case "exact" -> EXACT;
            case "prefix" -> PREFIX;
            case "wildcard" -> WILDCARD;
            default -> throw new ProtocolViolationException("Unknown match policy '" + name + "'");
        };
    }

    /** Whether this pattern matches that URI. */
    public boolean matches(String pattern, String uri) {
        return switch (this) {
            case EXACT -> uri.equals(pattern);
            case PREFIX -> uri.startsWith(pattern);
            case WILDCARD -> matchesWildcard(UriIndex.components(pattern), UriIndex.components(uri));
        };
    }

    private static boolean matchesWildcard(String[] pattern, String[] uri) {
        boolean same = pattern.length == uri.length;
        for (int i = 0; same && i < uri.length; i++) {
            same = pattern[i].isEmpty() || pattern[i].equals(uri[i]);
        }
        return same;
    }

    /** Returns the name used in options and meta events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
