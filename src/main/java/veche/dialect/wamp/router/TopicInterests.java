package veche.dialect.wamp.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The topics and patterns whose events other nodes are to send to this one. Thread-safe; no method blocks. */
public interface TopicInterests {
    /** There are no other nodes. */
    TopicInterests NONE = new TopicInterests() {
        @Override
        public CompletionStage<Void> add(Match match, String topic) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void remove(Match match, String topic) {
            // Nothing was added.
        }
    };

    /**
     * This node has its first subscriber of a topic or pattern. Called in the order of changes of each of them.
     *
     * @return completes, never with an exception, once the other nodes send its events
     */
    CompletionStage<Void> add(Match match, String topic);

    /** This node has no subscribers of a topic or pattern any more. */
    void remove(Match match, String topic);
}
