package veche.dialect.wamp.message;

import veche.dialect.wamp.codec.Text;

/** URIs (basic profile, "URIs"): the two grammars, and the URIs of errors and close reasons. */
public final class Uri {
    /** The maximum length of a URI in characters. */
    public static final int MAX_LENGTH = 1024;

    /** The maximum number of components of a wildcard pattern. */
    public static final int MAX_COMPONENTS = 62;

    public static final String INVALID_URI = "wamp.error.invalid_uri";
    public static final String INVALID_ARGUMENT = "wamp.error.invalid_argument";
    public static final String NO_SUCH_PROCEDURE = "wamp.error.no_such_procedure";
    public static final String PROCEDURE_ALREADY_EXISTS = "wamp.error.procedure_already_exists";
    public static final String PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY =
            "wamp.error.procedure_exists_with_different_invocation_policy";
    public static final String NO_SUCH_REGISTRATION = "wamp.error.no_such_registration";
    public static final String NO_SUCH_SUBSCRIPTION = "wamp.error.no_such_subscription";
    public static final String NO_SUCH_SESSION = "wamp.error.no_such_session";
    public static final String NO_SUCH_REALM = "wamp.error.no_such_realm";
    public static final String CANCELED = "wamp.error.canceled";
    public static final String TIMEOUT = "wamp.error.timeout";
    public static final String UNAVAILABLE = "wamp.error.unavailable";
    public static final String PAYLOAD_SIZE_EXCEEDED = "wamp.error.payload_size_exceeded";
    public static final String PROTOCOL_VIOLATION = "wamp.error.protocol_violation";
    public static final String NOT_AUTHORIZED = "wamp.error.not_authorized";
    public static final String FEATURE_NOT_SUPPORTED = "wamp.error.feature_not_supported";
    public static final String DISCLOSE_ME_DISALLOWED = "wamp.error.option_disallowed.disclose_me";
    public static final String AUTHENTICATION_FAILED = "wamp.error.authentication_failed";
    public static final String AUTHENTICATION_DENIED = "wamp.error.authentication_denied";
    public static final String NO_MATCHING_AUTH_METHOD = "wamp.error.no_matching_auth_method";
    public static final String NO_SUCH_PRINCIPAL = "wamp.error.no_such_principal";
    public static final String OPTION_NOT_ALLOWED = "wamp.error.option_not_allowed";
    public static final String GOODBYE_AND_OUT = "wamp.close.goodbye_and_out";
    public static final String CLOSE_REALM = "wamp.close.close_realm";
    public static final String SYSTEM_SHUTDOWN = "wamp.close.system_shutdown";
    public static final String KILLED = "wamp.close.killed";
    /** Too many requests are pending; retry later. */
    public static final String BUSY = "veche.error.busy";
    /** A limit of this router has been reached. */
    public static final String LIMIT_REACHED = "veche.error.limit_reached";
    /**
     * The rate of requests exceeds a limit; the keyword argument {@code retry_ms} is the time until the next is
     * admitted.
     */
    public static final String RATE_LIMITED = "veche.error.rate_limited";
    /** The referenced message is not in the room. */
    public static final String NO_SUCH_MESSAGE = "veche.error.no_such_message";
    /** Internal server error; the text contains the incident id of the log entry. */
    public static final String INTERNAL = "veche.error.internal";

    private static final char REPLACEMENT = '\ufffd';

    private Uri() {}

    /**
     * Whether the string is a valid URI: components separated by single dots, without unpaired surrogates and U+FFFD.
     * Loose components contain no white space, {@code .} or {@code #}; strict ones consist of {@code a-z}, {@code 0-9}
     * and {@code _}.
     *
     * @param strict whether the strict grammar applies
     * @param empties whether components may be empty, as in patterns
     */
    public static boolean valid(String uri, boolean strict, boolean empties) {
        if (uri.length() > MAX_LENGTH || !whole(uri)) {
            return false;
        }
        int component = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '.') {
                if (component == 0 && !empties) {
                    return false;
                }
                component = 0;
            } else if (strict ? !strictly(c) : c == '#' || Character.isWhitespace(c)) {
                return false;
            } else {
                component++;
            }
        }
        return empties || component > 0;
    }

    /** Whether the first components of a URI are the given ones. */
    public static boolean isWithin(String uri, String components) {
        return uri.startsWith(components)
                && (uri.length() == components.length() || uri.charAt(components.length()) == '.');
    }

    /**
     * Whether a URI contains neither an unpaired surrogate nor U+FFFD: two such URIs could become equal in a
     * serialization that cannot represent unpaired surrogates.
     */
    public static boolean whole(String uri) {
        return uri.indexOf(REPLACEMENT) < 0 && Text.isWhole(uri);
    }

    private static boolean strictly(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }
}
