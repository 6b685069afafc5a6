package veche.socket;

/** When a client was pinged, and when it was heard. Thread-safe; times are those of {@link System#nanoTime()}. */
final class KeepAlive {
    private volatile long pingedAt = System.nanoTime();
    private volatile long heardAt = pingedAt;

    void pinged(long now) {
        pingedAt = now;
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    long pingedAt() {
        return pingedAt;
    }

    /** How long nothing was heard since the last ping, in nanoseconds; 0 where something was. */
    long unansweredFor(long now) {
        return heardAt - pingedAt >= 0 ? 0 : now - pingedAt;
    }
}
