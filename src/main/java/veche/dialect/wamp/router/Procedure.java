package veche.dialect.wamp.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;

/**
 * A procedure that the server implements. Must not block. Fails with a
 * {@link veche.dialect.wamp.message.WampErrorException}, either thrown or as the stage's exception.
 */
@FunctionalInterface
public interface Procedure {
    /** Executes a call. */
    CompletionStage<Payload> call(Session caller, Payload arguments);

    /** Returns a completed stage with the result as the only positional argument. */
    static CompletionStage<Payload> completed(@Nullable Object result) {
        return CompletableFuture.completedFuture(Payload.of(result));
    }

    /** Returns a completed stage with an empty result. */
    static CompletionStage<Payload> completed() {
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }
}
