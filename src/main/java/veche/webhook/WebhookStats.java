package veche.webhook;

import java.util.concurrent.atomic.LongAdder;
import veche.log.WebhookStore.Backlog;

/** What this node has sent. Thread-safe. */
public final class WebhookStats {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder buried = new LongAdder();
    private volatile Backlog backlog = new Backlog(0, 0);
    private volatile boolean answering = true;

    void addDelivered() {
        delivered.increment();
        answering = true;
    }

    void addFailed() {
        failed.increment();
        answering = false;
    }

    void addBuried() {
        buried.increment();
    }

    void measured(Backlog present) {
        backlog = present;
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

    /** Whether the site has accepted the last request. */
    public boolean answering() {
        return answering;
    }
}
