package veche.dialect.wamp.v1;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The URIs of a connection: expands CURIEs by the prefixes that PREFIX defines, and maps v1 URIs to the dotted names of
 * the router. Other URIs are unchanged.
 */
final class V1Uris {
    private static final String ROOM = "http://veche/room#";
    private static final String PROCEDURE = "http://veche/rpc#";
    private static final String DOTTED_ROOM = "veche.room.";
    private static final String ERROR = "http://api.wamp.ws/error#";

    /** The maximum number of prefixes of a connection. */
    static final int MAX_PREFIXES = 1_000;

    private final Map<String, String> prefixes = new ConcurrentHashMap<>();

    /** Sets a prefix; returns false if the limit is exceeded. */
    boolean prefix(String prefix, String uri) {
        prefixes.put(prefix, uri);
        return prefixes.size() <= MAX_PREFIXES;
    }

    /** Expands a CURIE whose prefix is defined; anything else is returned unchanged. */
    String resolve(String curie) {
        int colon = curie.indexOf(':');
        String uri = colon > 0 ? prefixes.get(curie.substring(0, colon)) : null;
        return uri == null ? curie : uri + curie.substring(colon + 1);
    }

    /** Returns the router's topic for a v1 URI. */
    static String topic(String uri) {
        return uri.startsWith(ROOM) ? DOTTED_ROOM + uri.substring(ROOM.length()) : uri;
    }

    /** Returns the v1 URI for a topic of the router. */
    static String uri(String topic) {
        return topic.startsWith(DOTTED_ROOM) ? ROOM + topic.substring(DOTTED_ROOM.length()) : topic;
    }

    static boolean room(String topic) {
        return topic.startsWith(DOTTED_ROOM);
    }

    /** Returns the router's procedure for a v1 URI. */
    static String procedure(String uri) {
        return uri.startsWith(PROCEDURE) ? "veche." + uri.substring(PROCEDURE.length()) : uri;
    }

    /** Returns the v1 URI for an error; the reference implementation's URI if it defines one. */
    static String error(String uri) {
        if (uri.equals("wamp.error.no_such_procedure")) {
            return ERROR + "NoSuchRPCEndpoint";
        }
        if (uri.startsWith("wamp.error.")) {
            return ERROR + uri.substring("wamp.error.".length()).replace('_', '-');
        }
        return uri.startsWith("veche.error.") ? "http://veche/error#" + uri.substring("veche.error.".length()) : uri;
    }
}
