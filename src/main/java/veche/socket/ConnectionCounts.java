package veche.socket;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import veche.dialect.HandshakeInfo;
import veche.room.cluster.NodeId;
import veche.socket.handshake.ClientAddress;

/**
 * The numbers of open connections by client address and by user, on this node and, as far as these have reported them,
 * on others. Thread-safe.
 */
final class ConnectionCounts {
    /** Lower numbers are not reported: most users and addresses have one connection. */
    static final int MIN_REPORTED = 2;

    private static final String SUBSCRIBER = "a ";
    private static final String USER = "u ";

    private final Map<String, Integer> own = new ConcurrentHashMap<>();
    private final Map<String, Map<NodeId, Integer>> elsewhere = new ConcurrentHashMap<>();
    /** The keys whose numbers have changed since they were reported. */
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    void add(HandshakeInfo handshake) {
        increment(SUBSCRIBER + ClientAddress.subscriber(handshake.remoteAddress()));
        increment(USER + handshake.author().id());
    }

    private void increment(String key) {
        if (own.merge(key, 1, Integer::sum) >= MIN_REPORTED) {
            changed.add(key);
        }
    }

    void remove(HandshakeInfo handshake) {
        decrement(SUBSCRIBER + ClientAddress.subscriber(handshake.remoteAddress()));
        decrement(USER + handshake.author().id());
    }

    private void decrement(String key) {
        own.computeIfPresent(key, (unchanged, count) -> {
            if (count >= MIN_REPORTED) {
                changed.add(key);
            }
            return count == 1 ? null : count - 1;
        });
    }

    /** @param subscriber the key of {@link ClientAddress#subscriber} */
    int ofSubscriber(String subscriber) {
        return of(SUBSCRIBER + subscriber);
    }

    int ofUser(String author) {
        return of(USER + author);
    }

    private int of(String key) {
        int others = elsewhere.getOrDefault(key, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return own.getOrDefault(key, 0) + others;
    }

    /** Passes the numbers on this node that have changed since the last call; 0 for those that are not reported. */
    void takeChanged(BiConsumer<String, Integer> consumer) {
        for (String key : List.copyOf(changed)) {
            changed.remove(key); // first: a later change is reported by the next call
            int count = own.getOrDefault(key, 0);
            consumer.accept(key, count >= MIN_REPORTED ? count : 0);
        }
    }

    /** Passes the numbers on this node that are reported. */
    void forEachReported(BiConsumer<String, Integer> consumer) {
        own.forEach((key, count) -> {
            if (count >= MIN_REPORTED) {
                consumer.accept(key, count);
            }
        });
    }

    /** @param count 0 for few or none */
    void replaceElsewhere(NodeId node, String key, int count) {
        elsewhere.compute(key, (unchanged, former) -> {
            Map<NodeId, Integer> counts = former == null ? new ConcurrentHashMap<>() : former;
            if (count == 0) {
                counts.remove(node);
            } else {
                counts.put(node, count);
            }
            return counts.isEmpty() ? null : counts;
        });
    }

    /** Another node has no connections any more. */
    void forget(NodeId node) {
        elsewhere.keySet().forEach(key -> replaceElsewhere(node, key, 0));
    }
}
