package veche.dialect.wamp.auth;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.router.Identity;
import veche.room.Author;

/** Whoever the handshake said it is: a principal, a token's subject, or a guest. */
public final class Anonymous implements Authenticator {
    @Override
    public String method() {
        return "anonymous";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return CompletableFuture.completedFuture(
                new Admitted(identity(claim.opening().author())));
    }

    /** That author, without further proof. */
    public static Identity identity(Author author) {
        return new Identity(author.id(), "anonymous", "anonymous", "static", Map.of(), author);
    }
}
