package veche.dialect.wamp.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.Registration.Policy;

/** Coordinates the registrations of clients with those of the other nodes. Thread-safe; no method blocks. */
public interface RegistrationCoordinator {
    /** There are no other nodes: the router's own checks suffice. */
    RegistrationCoordinator NONE = new RegistrationCoordinator() {
        @Override
        public CompletionStage<Long> claim(Session callee, Match match, String procedure, Policy policy) {
            return CompletableFuture.completedFuture(Callee.UNNUMBERED);
        }

        @Override
        public CompletionStage<Void> release(Session callee, Match match, String procedure) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void joined(Registration registration, Callee callee) {
            // There are no other nodes.
        }

        @Override
        public void left(Registration registration, Callee callee) {
            // There are no other nodes.
        }
    };

    /**
     * Claims a procedure or pattern for a callee, over all nodes.
     *
     * @return the number of the callee, in the order of claims over all nodes; fails with a
     *     {@link veche.dialect.wamp.message.WampErrorException} where a registration of another callee excludes it
     */
    CompletionStage<Long> claim(Session callee, Match match, String procedure, Policy policy);

    /**
     * Releases a granted claim; a later claim of the same callee is decided afterwards.
     *
     * @return completes, never with an exception, once others may claim the procedure
     */
    CompletionStage<Void> release(Session callee, Match match, String procedure);

    /** A callee of this node has joined a registration. Called in the order of changes of the registration. */
    void joined(Registration registration, Callee callee);

    /** A callee of this node has left a registration. Called in the order of changes of the registration. */
    void left(Registration registration, Callee callee);
}
