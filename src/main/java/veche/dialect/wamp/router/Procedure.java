package veche.dialect.wamp.router;

import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Payload;

/** A procedure that the router itself answers. Must not block; fails with a Failure or a Refusal, thrown or staged. */
@FunctionalInterface
interface Procedure {
    CompletionStage<Payload> call(Session caller, Payload arguments);
}
