package veche.log.cluster;

/**
 * Informs nodes that there is something to read. A signal may be lost; nodes therefore also read periodically.
 * Thread-safe.
 */
public interface Wakeup extends AutoCloseable {
    /** No node is informed. */
    Wakeup NONE = new Wakeup() {
        @Override
        public void listen(Runnable onSignal) {
            // There are no signals.
        }

        @Override
        public void signal() {
            // There are no listeners.
        }

        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** Starts to call a listener, which must not block, for signals of other nodes. To be called once. */
    void listen(Runnable onSignal);

    /** Informs the other nodes; does not block. Signals in quick succession may be merged. */
    void signal();

    /** Whether signals have recently been received in time. */
    boolean isReliable();

    @Override
    void close();
}
