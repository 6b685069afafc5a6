package veche.dialect.wamp.v1;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection's names: CURIEs by PREFIX, and v1's URIs for what the router knows by dotted names. Other URIs are
 * used as they are.
 */
final class V1Uris {
    private static final String ROOM = "http://veche/room#";
    private static final String PROCEDURE = "http://veche/rpc#";
    private static final String DOTTED_ROOM = "veche.room.";
    private static final String ERROR = "http://api.wamp.ws/error#";

    /** How many prefixes one connection may set. */
    static final int MOST_PREFIXES = 1_000;

    private final Map<String, String> prefixes = new ConcurrentHashMap<>();

    /** Sets a prefix; false where there are too many. */
    boolean prefix(String prefix, String uri) {
        prefixes.put(prefix, uri);
        return prefixes.size() <= MOST_PREFIXES;
    }

    /** A CURIE whose prefix is known becomes a URI; anything else is one. */
    String resolve(String curie) {
        int colon = curie.indexOf(':');
        String uri = colon > 0 ? prefixes.get(curie.substring(0, colon)) : null;
        return uri == null ? curie : uri + curie.substring(colon + 1);
    }

    /** The router's topic for a URI of v1. */
    static String topic(String uri) {
        return uri.startsWith(ROOM) ? DOTTED_ROOM + uri.substring(ROOM.length()) : uri;
    }

    /** The URI of v1 for a router's topic. */
    static String uri(String topic) {
        return topic.startsWith(DOTTED_ROOM) ? ROOM + topic.substring(DOTTED_ROOM.length()) : topic;
    }

    static boolean room(String topic) {
        return topic.startsWith(DOTTED_ROOM);
    }

    /** The router's procedure for a URI of v1. */
    static String procedure(String uri) {
        return uri.startsWith(PROCEDURE) ? "veche." + uri.substring(PROCEDURE.length()) : uri;
    }

    /** The reference's error URIs where it has them. */
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
