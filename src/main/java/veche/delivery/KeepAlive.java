package veche.delivery;

/**
 * When a client was last pinged and when something was last received from it. Thread-safe; times are those of
 * {@link System#nanoTime()}.
 */
public final class KeepAlive {
    private volatile long pingedAt = System.nanoTime();
    private volatile long receivedAt = pingedAt;

    /** A ping is sent. */
    public void pinged(long now) {
        pingedAt = now;
    }

    /** A frame was received. */
    public void received() {
        receivedAt = System.nanoTime();
    }

    /** When the latest ping was sent. */
    public long pingedAt() {
        return pingedAt;
    }

    /** How long nothing has been received since the latest ping, in nanoseconds; 0 where something was. */
    public long unansweredFor(long now) {
        return receivedAt - pingedAt >= 0 ? 0 : now - pingedAt;
    }
}
