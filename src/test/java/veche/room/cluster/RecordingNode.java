package veche.room.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records what a node receives. */
public final class RecordingNode implements Backbone.Listener {
    private final List<NodeId> joined = new CopyOnWriteArrayList<>();
    private final List<NodeId> lost = new CopyOnWriteArrayList<>();
    private final List<byte[]> parcels = new CopyOnWriteArrayList<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private volatile boolean overlapped;

    private void record(Runnable addition) {
        overlapped |= called.getAndSet(true);
        addition.run();
        called.set(false);
    }

    @Override
    public void joined(NodeId node) {
        record(() -> joined.add(node));
    }

    @Override
    public void lost(NodeId node) {
        record(() -> lost.add(node));
    }

    @Override
    public void received(NodeId from, byte[] parcel) {
        record(() -> parcels.add(parcel));
    }

    /** The nodes whose joining was reported, once for each report. */
    public List<NodeId> joined() {
        return joined;
    }

    public List<NodeId> lost() {
        return lost;
    }

    public List<byte[]> parcels() {
        return parcels;
    }

    public List<String> texts() {
        return parcels.stream()
                .map(parcel -> new String(parcel, StandardCharsets.UTF_8))
                .toList();
    }

    /** Whether two calls happened at the same time. */
    public boolean overlapped() {
        return overlapped;
    }
}
