package veche.dialect.wamp.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.meta.OtherSessions.Found;
import veche.room.cluster.NodeId;

/** The questions of this node to others that are not answered yet, by their ids, which are positive. Thread-safe. */
final class NodeQuestions {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ScheduledExecutorService scheduler;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, NodeQuestion> pending = new ConcurrentHashMap<>();

    /** @param scheduler ends questions that a node does not answer in time; never blocked */
    NodeQuestions(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Asks nodes.
     *
     * @param sending sends the question with this id to all of them
     * @return as {@link NodeQuestion#answer}; completed if there are no nodes
     */
    CompletionStage<Found<@Nullable Object>> ask(Set<NodeId> nodes, LongConsumer sending) {
        NodeQuestion question = new NodeQuestion(nodes);
        if (nodes.isEmpty()) {
            question.expire();
            return question.answer();
        }
        long id = lastId.incrementAndGet();
        pending.put(id, question);
        Future<?> expiry = scheduler.schedule(question::expire, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        sending.accept(id);
        return question.answer().whenComplete((answer, never) -> {
            pending.remove(id);
            expiry.cancel(false);
        });
    }

    /** A node has answered a question. */
    void answered(long id, NodeId node, List<?> found) {
        NodeQuestion question = pending.get(id);
        if (question != null) {
            question.answered(node, found);
        }
    }

    /** A node is gone, or parcels of it may be missing: it does not answer what was asked before. */
    void failed(NodeId node) {
        pending.values().forEach(question -> question.failed(node));
    }
}
