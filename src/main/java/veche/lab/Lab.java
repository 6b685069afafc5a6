package veche.lab;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import veche.delivery.Connection;
import veche.delivery.TaskExecutor;
import veche.dialect.Client;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;

/**
 * The laboratory: a server end to try a browser's WebSocket on, whatever subprotocol was agreed on. The query parameter
 * {@code do} tells what for: {@code echo} (as without one) sends everything back, {@code tell} does so after it has told
 * the handshake, {@code close} closes with the code that a text names, {@code slow} reads slowly. Thread-safe.
 */
public final class Lab implements Dialect {
    /** The least that a message counts, so that empty ones end too. */
    static final int LEAST_COUNTED_BYTES = 64;

    private final LabLimits limits;
    private final TaskExecutor executor;
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore slow;

    /** @param executor closes connections at the end of their lifetime */
    public Lab(LabLimits limits, TaskExecutor executor) {
        this.limits = limits;
        this.executor = executor;
        this.slow = new Semaphore(limits.slowReaders());
    }

    /** What its visitors may use. */
    public LabLimits limits() {
        return limits;
    }

    /** Whether one more visitor is one too many. */
    boolean full() {
        return connections.get() >= limits.maxConnections();
    }

    @Override
    public List<String> subprotocols() {
        return List.of();
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        connections.incrementAndGet();
        return new LabSession(
                this, executor, (Connection) client, handshake.parameter("do").orElse("echo"));
    }

    void left() {
        connections.decrementAndGet();
    }

    /** The permits to be read slowly. */
    Semaphore slow() {
        return slow;
    }
}
