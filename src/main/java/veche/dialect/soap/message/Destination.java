package veche.dialect.soap.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** The address in the header To. */
public record Destination(URI address) {
    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    /** @throws SoapFaultException if the value is not a URI */
    static Destination parse(String to) {
        try {
            return new Destination(new URI(to));
        } catch (URISyntaxException notUri) {
            throw Faults.invalidHeader(Wsa.INVALID_ADDRESS, Wsa.TO);
        }
    }

    /**
     * Whether the address denotes the given endpoint. Only the last path segment is compared: proxies rewrite scheme,
     * host, port and leading segments, and .NET writes {@code ws} where {@code http} was configured.
     */
    boolean reaches(URI endpoint) {
        return address.getScheme() != null
                && SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))
                && lastSegment(address).equals(lastSegment(endpoint));
    }

    /** The last path segment, ignoring one trailing slash; empty if there is none. */
    public static String lastSegment(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
