package veche.socket.handshake;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.dialect.HandshakeInfo;
import veche.room.User;
import veche.socket.container.DeflateNegotiation;

/**
 * An accepted opening handshake. A thread-local variable passes it from the filter to the configurator: all servers
 * call both on the same thread, so concurrent handshakes cannot be confused.
 *
 * @param login the HTTP session of a user whom the container has authenticated: the connection ends with it
 */
public record Handshake(
        HandshakeInfo handshake,
        String ownOrigin,
        OriginPolicy origins,
        Optional<DeflateNegotiation> deflate,
        Optional<HttpSession> login) {
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    Handshake(HandshakeInfo handshake, String ownOrigin, OriginPolicy origins, Optional<DeflateNegotiation> deflate) {
        this(handshake, ownOrigin, origins, deflate, Optional.empty());
    }

    /** Ties the connection to an HTTP session if the container has authenticated the user. */
    Handshake within(@Nullable HttpSession session) {
        return handshake.user().provider() == User.Provider.CONTAINER
                ? new Handshake(handshake, ownOrigin, origins, deflate, Optional.ofNullable(session))
                : this;
    }

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
