package veche.socket.handshake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query. Unlike the container's method, it never reads a body. */
public final class QueryString {
    private QueryString() {}

    /**
     * The first value of each parameter.
     *
     * @throws IllegalArgumentException if an escape sequence is malformed
     */
    public static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            Arrays.stream(query.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> parameters.putIfAbsent(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1])));
        }
        return parameters;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
