package veche.log.cluster;

import java.time.Duration;
import java.util.UUID;

/**
 * A fast way for datagrams from node to node, beside the database. A datagram may be lost or late, or arrive twice or
 * out of order; the backbone detects it. Thread-safe; no method except {@link #close} blocks.
 */
public interface ParcelRelay extends AutoCloseable {
    /** All parcels pass through the database. */
    ParcelRelay NONE = new ParcelRelay() {
        @Override
        public String name() {
            return "";
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void listen(Receiver receiver) {
            // Nothing arrives.
        }

        @Override
        public void receiveAt(UUID inbox) {
            // Nothing arrives.
        }

        @Override
        public boolean isAvailable() {
            return false;
        }

        @Override
        public void send(UUID inbox, byte[] datagram) {
            // A datagram may be lost.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** Is called on the threads of the relay. Implementations must neither block nor throw. */
    interface Receiver {
        void received(byte[] datagram);

        /** {@link ParcelRelay#isAvailable} has changed. */
        void changed();
    }

    /** The name in metrics, in lower-case letters; empty for {@link #NONE}. */
    String name();

    /** How long a datagram and its answer may take. */
    Duration timeout();

    /** Sets the only receiver and starts to connect. */
    void listen(Receiver receiver);

    /** Sets the inbox of this node, which replaces the previous one. */
    void receiveAt(UUID inbox);

    /** Whether datagrams of this node to itself have recently arrived in time. */
    boolean isAvailable();

    /**
     * Sends to the node with that inbox.
     *
     * @param datagram begins with another octet than 0
     */
    void send(UUID inbox, byte[] datagram);

    @Override
    void close();
}
