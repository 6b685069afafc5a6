package veche.dialect.wamp.auth;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.identity.InvalidTokenException;
import veche.identity.Tokens;
import veche.room.User;

/** Method {@code ticket} with a JSON Web Token. If HELLO contains an authid, it must equal the token's subject. */
public final class TokenLogin implements Authenticator {
    /** In the details of ABORT: whether the token is authentic and has expired. */
    static final String EXPIRED = "expired";

    private static final String USER = "user:";

    private final Tokens tokens;

    public TokenLogin(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String method() {
        return "ticket";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return CompletableFuture.completedFuture(
                new Challenged(Dict.EMPTY, answer -> verify(claim.authid(), answer.signature())));
    }

    CompletionStage<Step> verify(@Nullable String authid, String token) {
        try {
            User user = tokens.user(token);
            String subject = user.author().id().substring(USER.length());
            if (authid != null && !authid.equals(subject)) {
                return denied("The token's subject differs from the authid in HELLO");
            }
            return CompletableFuture.completedFuture(new Admitted(Identities.of(user, subject, method())));
        } catch (InvalidTokenException e) {
            return e.expired() ? expired(Failures.message(e)) : denied(Failures.message(e));
        }
    }

    private static CompletionStage<Step> expired(String reason) {
        return CompletableFuture.failedFuture(
                new WampErrorException(Uri.AUTHENTICATION_DENIED, reason, Map.of(EXPIRED, true)));
    }

    private static CompletionStage<Step> denied(String reason) {
        return CompletableFuture.failedFuture(new WampErrorException(Uri.AUTHENTICATION_DENIED, reason));
    }
}
