package veche.dialect.wamp.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Identity;
import veche.room.RefusedException;

/**
 * Refuses an authenticated client that is not permitted to connect, with {@code wamp.error.not_authorized}. Where the
 * permission cannot be determined, the reason of ABORT is {@code wamp.error.unavailable}.
 */
public final class AdmittedLogin implements Authenticator {
    private final Authenticator login;
    private final BiFunction<Identity, HandshakeInfo, CompletionStage<Boolean>> admission;

    /** @param admission whether a client may connect; its stage may fail with a {@link RefusedException} */
    public AdmittedLogin(Authenticator login, BiFunction<Identity, HandshakeInfo, CompletionStage<Boolean>> admission) {
        this.login = login;
        this.admission = admission;
    }

    @Override
    public String method() {
        return login.method();
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return login.begin(claim).thenCompose(step -> next(step, claim.handshake()));
    }

    private CompletionStage<Step> next(Step step, HandshakeInfo handshake) {
        if (step instanceof Challenged challenge) {
            return CompletableFuture.completedFuture(new Challenged(
                    challenge.extra(),
                    answer -> challenge.answer().apply(answer).thenCompose(after -> next(after, handshake))));
        }
        return admission.apply(((Admitted) step).identity(), handshake).handle((permitted, failure) -> {
            if (failure != null) {
                throw undetermined(Failures.cause(failure));
            }
            if (!permitted) {
                throw new WampErrorException(Uri.NOT_AUTHORIZED, "You are not permitted to connect");
            }
            return step;
        });
    }

    private static RuntimeException undetermined(Throwable failure) {
        return failure instanceof RefusedException refused
                ? new WampErrorException(Uri.UNAVAILABLE, Failures.message(refused))
                : new IllegalStateException("The admission failed", failure);
    }
}
