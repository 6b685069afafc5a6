package veche.dialect.wamp.auth;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.limit.FailedLogins;
import veche.room.RefusedException;

/** Refuses a client whose address has failed too often, before its proof is verified; counts its failures. */
public final class ThrottledLogin implements Authenticator {
    private final Authenticator login;
    private final FailedLogins failures;

    public ThrottledLogin(Authenticator login, FailedLogins failures) {
        this.login = login;
        this.failures = failures;
    }

    @Override
    public String method() {
        return login.method();
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        String address = claim.handshake().remoteAddress();
        return failures.refusal(address)
                .map(ThrottledLogin::refused)
                .orElseGet(() -> login.begin(claim).thenApply(step -> throttled(step, address)));
    }

    private Step throttled(Step step, String address) {
        return step instanceof Challenged challenge
                ? new Challenged(
                        challenge.extra(),
                        answer -> verify(address, () -> challenge.answer().apply(answer)))
                : step;
    }

    private CompletionStage<Step> verify(String address, Supplier<CompletionStage<Step>> verification) {
        Optional<Duration> wait = failures.begin(address);
        if (wait.isPresent()) {
            return refused(wait.get());
        }
        return verification
                .get()
                .whenComplete((step, failure) -> {
                    if (failure == null || !isDenial(failure)) {
                        failures.release(address);
                    }
                })
                .thenApply(step -> throttled(step, address));
    }

    /** Clients whose tokens expire at the same time must not lock each other out. */
    private static boolean isDenial(Throwable failure) {
        return Failures.cause(failure) instanceof WampErrorException error
                && error.uri().equals(Uri.AUTHENTICATION_DENIED)
                && !error.payload().kwargs().containsKey(TokenLogin.EXPIRED);
    }

    private static CompletionStage<Step> refused(Duration wait) {
        return CompletableFuture.failedFuture(new WampErrorException(
                Uri.LIMIT_REACHED,
                FailedLogins.REFUSAL,
                Map.of(
                        "retry_ms",
                        RefusedException.limited(FailedLogins.REFUSAL, wait)
                                .retryMillis()
                                .orElseThrow())));
    }
}
