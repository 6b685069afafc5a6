package veche;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.AdmittedLogin;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Identities;
import veche.permission.http.HttpAuthorizer;
import veche.room.Permissions;
import veche.room.User;
import veche.socket.handshake.Rejection;

/**
 * Asks the site whether a user may connect. The handshake is rejected with 403 or 503. Clients of WAMP v2 are checked
 * after their login, which is answered with ABORT. Where guests are not admitted, SOAP clients without a token in the
 * handshake are checked once the header {@code Token} identifies them. A thread of the container waits for the answer,
 * at most {@code veche.authorize.timeout}: the servers call the filter of the handshake synchronously, and it is not a
 * callback of an open connection.
 */
record ConnectCheck(HttpAuthorizer site, Permissions permissions) {
    Optional<Rejection> check(HandshakeInfo handshake) {
        if (handshake.subprotocol().startsWith(GuestCheck.WAMP_2) || !permissions.admits(handshake.user())) {
            return Optional.empty();
        }
        try {
            boolean permitted = connect(handshake.user(), handshake.remoteAddress())
                    .toCompletableFuture()
                    .join();
            return permitted
                    ? Optional.empty()
                    : Optional.of(new Rejection(403, "You are not permitted to connect", Map.of()));
        } catch (CompletionException busy) {
            return Optional.of(Rejection.unavailable(
                    "The permission to connect could not be determined; retry later", Duration.ofSeconds(1)));
        }
    }

    CompletionStage<Boolean> connect(User user, String address) {
        return user.provider() == User.Provider.SERVER
                ? CompletableFuture.completedFuture(true)
                : site.connect(user, address);
    }

    /** Asks at the end of a login of WAMP v2. */
    Authenticator after(Authenticator login) {
        return new AdmittedLogin(
                login, (identity, handshake) -> connect(Identities.user(identity), handshake.remoteAddress()));
    }
}
