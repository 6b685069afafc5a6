package veche.dialect.wamp.auth;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Identity;
import veche.identity.Identification;
import veche.room.User;

/**
 * Accepts the user that the opening handshake identified: a container principal, the subject of a token, or a guest. A
 * guest may send its secret as {@code authextra.guest_secret} instead of in the request URI, which proxies and access
 * logs record.
 */
public final class Anonymous implements Authenticator {
    private final Identification identification;

    /** Guests may have any name. */
    public Anonymous() {
        this(new Identification());
    }

    /** @param identification identifies guests by their secrets */
    public Anonymous(Identification identification) {
        this.identification = identification;
    }

    @Override
    public String method() {
        return "anonymous";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        User user = claim.handshake().user();
        Optional<String> secret = claim.authextra().string("guest_secret");
        boolean hasSecret = secret.isPresent() && user.provider() == User.Provider.GUEST;
        return CompletableFuture.completedFuture(
                new Admitted(identity(hasSecret ? guest(secret.get(), claim.handshake()) : user)));
    }

    private User guest(String secret, HandshakeInfo handshake) {
        try {
            return User.guest(identification.guest(secret, handshake.parameters(), handshake.language()));
        } catch (Identification.InvalidIdentityException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "authextra.guest_secret: " + e.getMessage());
        }
    }

    /** Returns the identity of a user that needs no further authentication. */
    public static Identity identity(User user) {
        return Identities.of(user, user.author().id(), "anonymous");
    }
}
