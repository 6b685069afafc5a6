package veche.socket;

/** What a connection was given so far. Written by its carrier only, read by any thread. */
final class Tally {
    private volatile long messages;
    private volatile long bytes;

    void add(Run run) {
        messages = messages + run.frames().size();
        bytes = bytes + run.weight();
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
