package veche.dialect.wamp.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.router.Identity;
import veche.room.Visitor;

/** Whoever the handshake said it is: a principal, a token's subject, or a guest. */
public final class Anonymous implements Authenticator {
    @Override
    public String method() {
        return "anonymous";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return CompletableFuture.completedFuture(
                new Admitted(identity(claim.opening().visitor())));
    }

    /** That visitor, without further proof. */
    public static Identity identity(Visitor visitor) {
        return Identity.of(visitor, visitor.author().id(), "anonymous");
    }
}
