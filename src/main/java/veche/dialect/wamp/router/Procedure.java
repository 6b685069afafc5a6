package veche.dialect.wamp.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Payload;

/**
 * A procedure that the server itself implements. Must not block; fails with a
 * {@link veche.dialect.wamp.message.WampErrorException}, thrown or as the stage's failure.
 */
@FunctionalInterface
public interface Procedure {
    /** Answers a call. */
    CompletionStage<Payload> call(Session caller, Payload arguments);

    /** A result that is known at once, as the only positional argument. */
    static CompletionStage<Payload> completed(Object result) {
        return CompletableFuture.completedFuture(Payload.of(result));
    }

    /** An empty result. */
    static CompletionStage<Payload> completed() {
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }
}
