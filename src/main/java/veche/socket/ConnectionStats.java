package veche.socket;

/** What a connection was given so far. Written by its carrier only, read by any thread. */
final class ConnectionStats {
    private volatile long messages;
    private volatile long bytes;

    void add(FrameBatch batch) {
        messages = messages + batch.frames().size();
        bytes = bytes + batch.weight();
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
