package veche.socket.handshake;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may open a connection (RFC 6455 §10.2): those of the same origin and those of allowed origins. A
 * missing Origin is accepted, since only browsers send one. {@code null}, the opaque origin, is accepted only if it is
 * listed. Immutable.
 */
public final class OriginPolicy {
    private static final String ANY = "*";

    private final Set<String> allowed;

    /** @param allowed serialized origins such as {@code https://site.com}, {@code null}, or {@code *} for any */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether all origins are allowed, which is logged as a warning at startup. */
    public boolean open() {
        return allowed.contains(ANY);
    }

    /** Whether an origin is listed, so that its pages may load the resources of the web component. */
    public boolean lists(@Nullable String origin) {
        return origin != null && (allowed.contains(ANY) || allowed.contains(normal(origin)));
    }

    /**
     * Decides whether a handshake is accepted.
     *
     * @param origin the request's Origin, or null
     * @param own the scheme, host and port to which the request was sent, as forwarded by trusted proxies
     */
    boolean admits(@Nullable String origin, String own) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        String normal = normal(origin);
        return allowed.contains(normal) || !normal.equals("null") && normal.equals(normal(own));
    }

    /** The origin in lower case without the default port (RFC 6454 §6.2); an invalid one matches only itself. */
    private static String normal(String origin) {
        String lower = origin.trim().toLowerCase(Locale.ROOT);
        try {
            URI uri = new URI(lower);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getUserInfo() != null || hasMore(uri)) {
                return lower;
            }
            boolean standard = uri.getPort() == -1
                    || uri.getScheme().equals("https") && uri.getPort() == 443
                    || uri.getScheme().equals("http") && uri.getPort() == 80;
            return uri.getScheme() + "://" + uri.getHost() + (standard ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return "invalid:" + lower;
        }
    }

    private static boolean hasMore(URI uri) {
        return !uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null;
    }
}
