package veche.dialect.soap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** What the header To says. */
record Destination(URI address) {
    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    /** @throws SoapFaultException where it is no URI */
    static Destination parse(String to) {
        try {
            return new Destination(new URI(to));
        } catch (URISyntaxException notUri) {
            throw Faults.invalidHeader(Wsa.INVALID_ADDRESS, Wsa.TO);
        }
    }

    /**
     * Whether that is our endpoint. Proxies rename hosts, ports, schemes and leading folders, and .NET writes {@code ws}
     * where {@code http} was configured; the last step of the path is what stays.
     */
    boolean reaches(URI endpoint) {
        return address.getScheme() != null
                && SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))
                && lastStep(address).equals(lastStep(endpoint));
    }

    static String lastStep(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
