package veche.delivery;

/** Counters of what a connection was sent. Written by its delivery worker only, read by any thread. */
public final class ConnectionStats {
    private volatile long messages;
    private volatile long bytes;

    void add(FrameBatch batch) {
        messages = messages + batch.frames().size();
        bytes = bytes + batch.weight();
    }

    /** WebSocket messages. */
    public long messages() {
        return messages;
    }

    /** Bytes of their content. */
    public long bytes() {
        return bytes;
    }
}
