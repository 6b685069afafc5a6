package veche.dialect.wamp.router;

import java.util.Locale;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** How a URI in SUBSCRIBE or REGISTER is matched (advanced profile, "Pattern-based Subscriptions"). */
public enum Match {
    /** The same string. */
    EXACT,
    /** The beginning of the string. */
    PREFIX,
    /** The same number of components, of which the empty ones match any. */
    WILDCARD;

    /** The policy that options ask for; a {@link ProtocolViolationException} where there is none of that name. */
    public static Match of(Dict options) {
        String name = options.string("match").orElse("exact");
        return switch (name) {
            case "exact" -> EXACT;
            case "prefix" -> PREFIX;
            case "wildcard" -> WILDCARD;
            default -> throw new ProtocolViolationException("There is no 'match' called '" + name + "'");
        };
    }

    /** Whether this pattern matches that URI. */
    public boolean matches(String pattern, String uri) {
        return switch (this) {
            case EXACT -> uri.equals(pattern);
            case PREFIX -> uri.startsWith(pattern);
            case WILDCARD -> blanks(UriIndex.components(pattern), UriIndex.components(uri));
        };
    }

    private static boolean blanks(String[] pattern, String[] uri) {
        boolean same = pattern.length == uri.length;
        for (int i = 0; same && i < uri.length; i++) {
            same = pattern[i].isEmpty() || pattern[i].equals(uri[i]);
        }
        return same;
    }

    /** The name in options and meta events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
