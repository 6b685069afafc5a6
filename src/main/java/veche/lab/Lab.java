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
 * The lab: a server endpoint for experiments with a browser's WebSocket, independent of the negotiated subprotocol. The
 * query parameter {@code do} selects the mode: {@code echo} (the default) returns every message, {@code tell} does
 * so after it has sent the handshake, {@code close} closes with the code in a text message, {@code slow} reads slowly.
 * Thread-safe.
 */
public final class Lab implements Dialect {
    /** The minimum number of bytes that a message counts, so that empty messages are limited too. */
    static final int LEAST_COUNTED_BYTES = 64;

    private final LabLimits limits;
    private final TaskExecutor executor;
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore slow;

    /** @param executor closes connections at the end of their lifetime, and resumes reading from slow readers */
    public Lab(LabLimits limits, TaskExecutor executor) {
        this.limits = limits;
        this.executor = executor;
        this.slow = new Semaphore(limits.slowReaders());
    }

    /** The limits of the lab. */
    public LabLimits limits() {
        return limits;
    }

    /** Whether the maximum number of connections is open. */
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

    /** The permits for connections that are read slowly. */
    Semaphore slow() {
        return slow;
    }
}
