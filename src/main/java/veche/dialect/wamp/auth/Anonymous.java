package veche.dialect.wamp.auth;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.Opening;
import veche.dialect.wamp.message.Failure;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.router.Identity;
import veche.identity.Identification;
import veche.room.Visitor;

/**
 * Whoever the handshake said it is: a principal, a token's subject, or a guest. A guest's secret may come here as
 * {@code authextra.guest_secret} instead of in the address, which proxies and access logs keep.
 */
public final class Anonymous implements Authenticator {
    @Override
    public String method() {
        return "anonymous";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        Visitor visitor = claim.opening().visitor();
        Optional<String> secret = claim.authextra().string("guest_secret");
        boolean tells = secret.isPresent() && visitor.provider() == Visitor.Provider.GUEST;
        return CompletableFuture.completedFuture(
                new Admitted(identity(tells ? guest(secret.get(), claim.opening()) : visitor)));
    }

    private static Visitor guest(String secret, Opening opening) {
        try {
            return Visitor.guest(Identification.guest(secret, opening.parameters(), opening.language()));
        } catch (Identification.BadIdentity e) {
            throw new Failure(Uri.INVALID_ARGUMENT, "authextra.guest_secret: " + e.getMessage());
        }
    }

    /** That visitor, without further proof. */
    public static Identity identity(Visitor visitor) {
        return Identity.of(visitor, visitor.author().id(), "anonymous");
    }
}
