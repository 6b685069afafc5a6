package veche.room.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries parcels between the nodes of a cluster. A parcel is delivered at most once, and those from one node to
 * another in their order; after a loss, {@link Listener#joined} is called again, so that the sender repeats its state.
 * Thread-safe; no method except {@link #close} blocks.
 */
public interface Backbone extends AutoCloseable {
    /** The backbone of a single node. */
    Backbone NONE = new Backbone() {
        @Override
        public void listen(Listener listener) {
            // There are no other nodes.
        }

        @Override
        public Set<NodeId> others() {
            return Set.of();
        }

        @Override
        public void send(NodeId to, byte[] parcel) {
            // The node is gone.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /**
     * Receives parcels and changes of the membership, one after the other. Implementations must neither block nor throw.
     */
    interface Listener {
        /** A node has joined, or has lost parcels of this node: the state of this node is to be sent to it. */
        void joined(NodeId node);

        /** A node has ended or cannot be reached: nothing of it is valid any more. */
        void lost(NodeId node);

        /** A parcel of a node that has joined. */
        void received(NodeId from, byte[] parcel);
    }

    /** Sets the only listener and joins the cluster. */
    void listen(Listener listener);

    /** The other nodes that have joined. */
    Set<NodeId> others();

    /** Sends a parcel to a node; without effect if it is gone. */
    void send(NodeId to, byte[] parcel);

    /** Sends a parcel to all other nodes; it is encoded only if there are any. */
    default void broadcast(Supplier<byte[]> encoding) {
        Set<NodeId> others = others();
        if (!others.isEmpty()) {
            byte[] parcel = encoding.get();
            others.forEach(node -> send(node, parcel));
        }
    }

    /** Sets what this node reports to the others, at once and periodically. The supplier must not block. */
    default void report(Supplier<NodeReport> report) {}

    /** The other nodes that have joined, with their latest reports. */
    default List<ClusterNode> nodes() {
        return List.of();
    }

    /** What carries the parcels at present. */
    default String carrier() {
        return "none";
    }

    /**
     * How parcels travel.
     *
     * @param relay the transport beside the database, such as {@code redis}; empty if there is none
     * @param available whether it works for this node
     * @param relayed how many other nodes this node sends to by it; to all others by the database
     * @param losses how often parcels were lost, and the state was sent again, since the start
     */
    record Status(String relay, boolean available, int relayed, long losses) {
        /** Nothing but the database. */
        public static final Status DATABASE = new Status("", false, 0, 0);
    }

    /** How parcels travel at present. */
    default Status status() {
        return Status.DATABASE;
    }

    @Override
    void close();
}
