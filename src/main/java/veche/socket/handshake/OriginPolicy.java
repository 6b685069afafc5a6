package veche.socket.handshake;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may open a socket (RFC 6455 §10.2): those of the same origin, and those listed. A missing Origin passes,
 * since only browsers send one; {@code null} is a page without origin, and passes only where listed. Immutable.
 */
public final class OriginPolicy {
    private static final String ANY = "*";

    private final Set<String> allowed;

    /** @param allowed origins as browsers write them, {@code https://site.com}, {@code null}, or {@code *} for any */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether everything passes, which deserves a warning at start. */
    public boolean open() {
        return allowed.contains(ANY);
    }

    /** Whether pages of that origin are named in the list, and may so load what the web component is made of. */
    public boolean lists(String origin) {
        return origin != null && (allowed.contains(ANY) || allowed.contains(normal(origin)));
    }

    /**
     * Decides on one handshake.
     *
     * @param origin the request's Origin, or null
     * @param own the scheme, host and port that the request was sent to, as trusted proxies tell them
     */
    boolean admits(String origin, String own) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        String normal = normal(origin);
        return allowed.contains(normal) || !normal.equals("null") && normal.equals(normal(own));
    }

    /** Lower case, without the scheme's default port (RFC 6454 §6.2); what is no origin stays unlike all others. */
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
