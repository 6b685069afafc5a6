package veche.socket.handshake;

import java.util.Optional;
import veche.dialect.HandshakeInfo;
import veche.socket.container.DeflateNegotiation;

/**
 * An opening handshake that passed: carried from the filter to the configurator on the thread that answers it, which is
 * the same one on every server, so that no two handshakes can be mixed up.
 */
public record Handshake(
        HandshakeInfo handshake, String ownOrigin, OriginPolicy origins, Optional<DeflateNegotiation> deflate) {
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    public static Optional<Handshake> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void begin(Handshake handshake) {
        CURRENT.set(handshake);
    }

    static void end() {
        CURRENT.remove();
    }

    /** The origin rule once more, as the container asks for it. */
    public boolean admits(String origin) {
        return origins.admits(origin == null || origin.isEmpty() ? null : origin, ownOrigin);
    }
}
