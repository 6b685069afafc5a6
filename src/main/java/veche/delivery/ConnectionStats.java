package veche.delivery;

/** Counters of a connection's outbound traffic. Written only by its delivery worker, read by any thread. */
public final class ConnectionStats {
    private volatile long messages;
    private volatile long bytes;

    void add(FrameBatch batch) {
        messages = messages + batch.frames().size();
        bytes = bytes + batch.weight();
    }

    /** The number of WebSocket messages sent. */
    public long messages() {
        return messages;
    }

    /** The total payload of these messages, in bytes. */
    public long bytes() {
        return bytes;
    }
}
