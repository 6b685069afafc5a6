package veche.room.cluster;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Divides a backbone into channels, each with a listener of its own, whose exceptions are logged. Thread-safe. */
public final class Channels {
    private static final System.Logger LOG = System.getLogger(Channels.class.getName());

    private final Backbone backbone;
    private final Map<Byte, Backbone.Listener> listeners = new ConcurrentHashMap<>();

    public Channels(Backbone backbone) {
        this.backbone = backbone;
    }

    /**
     * The channel of this number, which is the same on all nodes. Its listener must be set before {@link #open};
     * parcels of channels without a listener are ignored.
     */
    public Backbone channel(byte number) {
        return new Channel(number);
    }

    /** Joins the cluster. */
    public void open() {
        backbone.listen(new Demultiplexer());
    }

    private final class Channel implements Backbone {
        private final byte number;

        Channel(byte number) {
            this.number = number;
        }

        @Override
        public void listen(Listener listener) {
            listeners.put(number, listener);
        }

        @Override
        public Set<NodeId> others() {
            return backbone.others();
        }

        @Override
        public void send(NodeId to, byte[] parcel) {
            backbone.send(to, numbered(parcel));
        }

        @Override
        public void broadcast(Supplier<byte[]> encoding) {
            backbone.broadcast(() -> numbered(encoding.get()));
        }

        private byte[] numbered(byte[] parcel) {
            byte[] numbered = new byte[parcel.length + 1];
            numbered[0] = number;
            System.arraycopy(parcel, 0, numbered, 1, parcel.length);
            return numbered;
        }

        @Override
        public void close() {
            listeners.remove(number);
        }
    }

    private final class Demultiplexer implements Backbone.Listener {
        @Override
        public void joined(NodeId node) {
            listeners.values().forEach(listener -> guard(() -> listener.joined(node)));
        }

        @Override
        public void lost(NodeId node) {
            listeners.values().forEach(listener -> guard(() -> listener.lost(node)));
        }

        @Override
        public void received(NodeId from, byte[] parcel) {
            Backbone.Listener listener = parcel.length == 0 ? null : listeners.get(parcel[0]);
            if (listener != null) {
                guard(() -> listener.received(from, Arrays.copyOfRange(parcel, 1, parcel.length)));
            }
        }

        /** An exception concerns one call of one channel only. */
        private static void guard(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A parcel of another node, or a change of the nodes, was not processed", e);
            }
        }
    }
}
