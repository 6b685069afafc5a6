package veche.dialect.wamp.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.meta.OtherSessions.Found;
import veche.room.cluster.NodeId;

/** A question to several nodes, which ends when all of them have answered, are gone, or had enough time. Thread-safe. */
final class NodeQuestion {
    private final CompletableFuture<Found<@Nullable Object>> answer = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<NodeId> missing;
    private final List<@Nullable Object> values = new ArrayList<>();
    private boolean complete = true;

    NodeQuestion(Set<NodeId> asked) {
        missing = new HashSet<>(asked);
    }

    /** What the nodes have found. Never fails. */
    CompletionStage<Found<@Nullable Object>> answer() {
        return answer;
    }

    void answered(NodeId node, List<?> found) {
        change(() -> {
            if (missing.remove(node)) {
                values.addAll(found);
            }
        });
    }

    /** A node is gone, or parcels of it are missing. */
    void failed(NodeId node) {
        change(() -> complete &= !missing.remove(node));
    }

    /** Ends without the answers that are missing. */
    void expire() {
        change(() -> {
            complete &= missing.isEmpty();
            missing.clear();
        });
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            if (!missing.isEmpty()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        // Nothing changes once no node is missing.
        answer.complete(new Found<>(values, complete));
    }
}
