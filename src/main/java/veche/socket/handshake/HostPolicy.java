package veche.socket.handshake;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The host names by which clients may address this server. Protects from DNS rebinding: if the name of a foreign site
 * resolves to this server's address, the site's pages have the same origin as their requests, and only the name shows
 * that they are foreign. Immutable.
 */
public final class HostPolicy {
    private final Set<String> names;

    /** @param names host names or addresses without ports; empty to admit any */
    public HostPolicy(Set<String> names) {
        this.names = names.stream().map(HostPolicy::normal).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether the server answers to a host.
     *
     * @param host the field Host, as forwarded by trusted proxies, with or without a port
     */
    boolean admits(String host) {
        return names.isEmpty() || names.contains(normal(host.replaceFirst(":[0-9]*$", "")));
    }

    /** In lower case, without the dot of an absolute name. */
    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
