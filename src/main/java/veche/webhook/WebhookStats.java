package veche.webhook;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import veche.log.WebhookStore.Backlog;
import veche.log.WebhookStore.DeadLetter;

/** What this node has sent. Thread-safe. */
public final class WebhookStats {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder buried = new LongAdder();
    private volatile Backlog backlog = new Backlog(0, 0);
    private volatile List<DeadLetter> deadLetters = List.of();

    void addDelivered() {
        delivered.increment();
    }

    void addFailed() {
        failed.increment();
    }

    void addBuried() {
        buried.increment();
    }

    void measured(Backlog present, List<DeadLetter> oldest) {
        backlog = present;
        deadLetters = List.copyOf(oldest);
    }

    /** The oldest dead letters, as last measured. */
    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Requests that the site has accepted. */
    public long delivered() {
        return delivered.sum();
    }

    /** Requests that the site has not accepted. */
    public long failed() {
        return failed.sum();
    }

    /** Requests that have become dead letters. */
    public long buried() {
        return buried.sum();
    }

    /** What is to be delivered, as last measured. */
    public Backlog backlog() {
        return backlog;
    }
}
