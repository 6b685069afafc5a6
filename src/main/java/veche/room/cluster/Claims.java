package veche.room.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Claims of names, on which the nodes of a cluster decide consistently. Thread-safe; no method blocks. */
public interface Claims {
    /** The claims of a single node, which grants all of them: its own checks suffice. */
    Claims NONE = new Claims() {
        @Override
        public CompletionStage<Decision> claim(Claim claim, Runnable lost) {
            return CompletableFuture.completedFuture(new Decision.Granted(0));
        }

        @Override
        public CompletionStage<Void> release(String name, long holder) {
            return CompletableFuture.completedFuture(null);
        }
    };

    /**
     * A claim of a name. A holder has one claim of a name at a time.
     *
     * @param mode claims of one name coexist only if they have the same mode
     * @param exclusive whether the name has this claim only
     * @param holder distinguishes the claims of a node
     */
    record Claim(String name, String mode, boolean exclusive, long holder) {}

    /** The decision on a claim. */
    sealed interface Decision {
        /**
         * The claim is granted until it is released, lost, or its node has ended.
         *
         * @param number increases with each grant over all nodes; 0 on a single node
         */
        record Granted(long number) implements Decision {}

        /** Another claim of the name excludes it. */
        record Refused(String mode) implements Decision {}
    }

    /**
     * Claims a name for this node.
     *
     * @param lost called, on any thread, if the other nodes considered this one lost after the grant, and the name has
     *     been claimed by another node since
     * @return fails with an exception if the decision could not be made
     */
    CompletionStage<Decision> claim(Claim claim, Runnable lost);

    /**
     * Releases a claim; without effect if it is not granted. Later claims of this node are decided afterwards.
     *
     * @return completes once other nodes may claim the name
     */
    CompletionStage<Void> release(String name, long holder);
}
