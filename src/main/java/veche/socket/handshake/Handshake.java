package veche.socket.handshake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.dialect.HandshakeInfo;
import veche.socket.container.DeflateNegotiation;

/**
 * An accepted opening handshake. A thread-local variable passes it from the filter to the configurator: all servers
 * call both on the same thread, so concurrent handshakes cannot be confused.
 */
public record Handshake(
        HandshakeInfo handshake, String ownOrigin, OriginPolicy origins, Optional<DeflateNegotiation> deflate) {
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    /** The handshake that this thread is answering. */
    public static Optional<Handshake> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void begin(Handshake handshake) {
        CURRENT.set(handshake);
    }

    static void end() {
        CURRENT.remove();
    }

    /** Repeats the origin check for the container's own callback. */
    public boolean admits(@Nullable String origin) {
        return origins.admits(origin == null || origin.isEmpty() ? null : origin, ownOrigin);
    }
}
