package veche.delivery;

/**
 * Records when a client was last pinged and when a frame was last received from it. Thread-safe; times are values of
 * {@link System#nanoTime()}.
 */
public final class KeepAlive {
    private volatile long pingedAt = System.nanoTime();
    private volatile long receivedAt = pingedAt;

    /** Records that a ping is sent. */
    public void pinged(long now) {
        pingedAt = now;
    }

    /** Records that a frame was received. */
    public void received() {
        receivedAt = System.nanoTime();
    }

    /** When the latest ping was sent. */
    public long pingedAt() {
        return pingedAt;
    }

    /** How long the latest ping has been unanswered, in nanoseconds; 0 if any frame was received since. */
    public long unansweredFor(long now) {
        return receivedAt - pingedAt >= 0 ? 0 : now - pingedAt;
    }
}
