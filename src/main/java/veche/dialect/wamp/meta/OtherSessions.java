package veche.dialect.wamp.meta;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The sessions of the other nodes. Thread-safe; no method blocks. */
public interface OtherSessions {
    /** There are no other nodes. */
    OtherSessions NONE = new OtherSessions() {
        @Override
        public void serve(LocalSessions local) {
            // No other node asks.
        }

        @Override
        public CompletionStage<Found<Long>> list(Optional<Set<String>> roles) {
            return CompletableFuture.completedFuture(Found.none());
        }

        @Override
        public CompletionStage<Found<Map.Entry<Long, Set<String>>>> rooms(Optional<Set<String>> roles) {
            return CompletableFuture.completedFuture(Found.none());
        }

        @Override
        public CompletionStage<Found<LocalSessions.Known>> get(long id) {
            return CompletableFuture.completedFuture(Found.none());
        }

        @Override
        public CompletionStage<Found<Long>> kill(LocalSessions.Kill request) {
            return CompletableFuture.completedFuture(Found.none());
        }

        @Override
        public void publish(String topic, List<@Nullable Object> args, Set<String> rooms) {
            // No other node has subscribers.
        }
    };

    /**
     * What the other nodes have found.
     *
     * @param complete whether all of them have answered in time
     */
    record Found<T>(List<T> values, boolean complete) {
        static <T> Found<T> none() {
            return new Found<>(List.of(), true);
        }
    }

    /** Answers the requests of other nodes from now on. */
    void serve(LocalSessions local);

    /** As {@link LocalSessions#list}. */
    CompletionStage<Found<Long>> list(Optional<Set<String>> roles);

    /** As {@link LocalSessions#rooms}. */
    CompletionStage<Found<Map.Entry<Long, Set<String>>>> rooms(Optional<Set<String>> roles);

    /** As {@link LocalSessions#get}. */
    CompletionStage<Found<LocalSessions.Known>> get(long id);

    /** As {@link LocalSessions#kill}. */
    CompletionStage<Found<Long>> kill(LocalSessions.Kill request);

    /** As {@link LocalSessions#publish}, on the other nodes. */
    void publish(String topic, List<@Nullable Object> args, Set<String> rooms);
}
