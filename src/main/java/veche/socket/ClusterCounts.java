package veche.socket;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
        inParts(counts::takeChanged, parcel -> backbone.broadcast(parcel::encode));
    }

    @Override
    public void joined(NodeId node) {
        backbone.send(node, new CountParcel(true, Map.of()).encode());
        inParts(counts::forEachReported, parcel -> backbone.send(node, parcel.encode()));
    }

    private static void inParts(Consumer<BiConsumer<String, Integer>> numbers, Consumer<CountParcel> sending) {
        Map<String, Integer> part = new HashMap<>();
        numbers.accept((key, count) -> {
            part.put(key, count);
            if (part.size() == MAX_ENTRIES) {
                sending.accept(new CountParcel(false, Map.copyOf(part)));
                part.clear();
            }
        });
        if (!part.isEmpty()) {
            sending.accept(new CountParcel(false, Map.copyOf(part)));
        }
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
