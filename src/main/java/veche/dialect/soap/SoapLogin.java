package veche.dialect.soap;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import veche.identity.InvalidTokenException;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.room.RefusedException;
import veche.room.User;

/**
 * Verifies the tokens in SOAP headers. Thread-safe and non-blocking.
 *
 * @param failures limits the failed logins of an address
 * @param admission whether a user may connect from an address; its stage may fail with a {@link RefusedException}
 */
public record SoapLogin(
        Tokens tokens, FailedLogins failures, BiFunction<User, String, CompletionStage<Boolean>> admission) {
    /** Admits every user that a token identifies. */
    public SoapLogin(Tokens tokens, FailedLogins failures) {
        this(tokens, failures, (user, address) -> CompletableFuture.completedFuture(true));
    }

    /**
     * Returns the user whom a token identifies. The stage fails with {@link InvalidTokenException} if the token is
     * invalid, or with {@link RefusedException} if logins from this address have failed too often, or the user may not
     * connect.
     *
     * @param address the client's IP address
     */
    CompletionStage<User> user(String token, String address) {
        User user;
        try {
            user = verified(token, address);
        } catch (InvalidTokenException | RefusedException refused) {
            return CompletableFuture.failedStage(refused);
        }
        return admission.apply(user, address).thenApply(admitted -> {
            if (!admitted) {
                throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "You are not permitted to connect");
            }
            return user;
        });
    }

    private User verified(String token, String address) {
        Optional<Duration> wait = failures.begin(address);
        if (wait.isPresent()) {
            throw RefusedException.limited(FailedLogins.REFUSAL, wait.get());
        }
        boolean failed = false;
        try {
            return tokens.user(token);
        } catch (InvalidTokenException invalid) {
            failed = !invalid.expired();
            throw invalid;
        } finally {
            if (!failed) {
                failures.release(address);
            }
        }
    }
}
