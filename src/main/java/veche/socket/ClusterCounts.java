package veche.socket;

import java.util.HashMap;
import java.util.Map;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/**
 * Exchanges the numbers of connections of users and addresses with the other nodes, for {@link ConnectionQuota}. An
 * address or user with one connection to a node is not reported, so that the traffic is that of the few with many
 * connections; the sum is thus too low by one for each other node at most. Thread-safe.
 */
public final class ClusterCounts implements Backbone.Listener {
    /** Of one parcel; a few ten KiB. */
    private static final int MAX_ENTRIES = 1_000;

    private final Backbone backbone;
    private final ConnectionCounts counts;

    private ClusterCounts(Backbone backbone, ConnectionCounts counts) {
        this.backbone = backbone;
        this.counts = counts;
    }

    /** Connects the numbers of a registry with those of the other nodes. */
    public static ClusterCounts connect(Backbone backbone, SessionRegistry registry) {
        ClusterCounts cluster = new ClusterCounts(backbone, registry.counts());
        backbone.listen(cluster);
        return cluster;
    }

    /** Reports what has changed. To be called about once per second. */
    public void report() {
        Map<String, Integer> part = new HashMap<>();
        counts.takeChanged((key, count) -> {
            part.put(key, count);
            if (part.size() == MAX_ENTRIES) {
                broadcast(part);
            }
        });
        if (!part.isEmpty()) {
            broadcast(part);
        }
    }

    private void broadcast(Map<String, Integer> part) {
        CountParcel parcel = new CountParcel(false, Map.copyOf(part));
        part.clear();
        backbone.broadcast(parcel::encode);
    }

    @Override
    public void joined(NodeId node) {
        backbone.send(node, new CountParcel(true, Map.of()).encode());
        Map<String, Integer> part = new HashMap<>();
        counts.forEachReported((key, count) -> {
            part.put(key, count);
            if (part.size() == MAX_ENTRIES) {
                send(node, part);
            }
        });
        send(node, part);
    }

    private void send(NodeId node, Map<String, Integer> part) {
        backbone.send(node, new CountParcel(false, Map.copyOf(part)).encode());
        part.clear();
    }

    @Override
    public void lost(NodeId node) {
        counts.forget(node);
    }

    @Override
    public void received(NodeId from, byte[] bytes) {
        CountParcel.decode(bytes).ifPresent(parcel -> {
            if (parcel.complete()) {
                counts.forget(from);
            }
            parcel.counts().forEach((key, count) -> counts.replaceElsewhere(from, key, count));
        });
    }
}
