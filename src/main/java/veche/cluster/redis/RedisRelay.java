package veche.cluster.redis;

import io.lettuce.core.RedisException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.log.cluster.ParcelRelay;
import veche.log.cluster.ServiceThread;

/**
 * Datagrams by Redis: each node subscribes to a channel of its own, to which the others publish. One thread keeps the
 * connections, and examines them by datagrams to this node itself, since a subscription may end without an error. All of
 * Lettuce is called by threads that end with this. Thread-safe.
 */
public final class RedisRelay implements ParcelRelay {
    private static final System.Logger LOGGER = System.getLogger("veche.cluster");
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
    /** The first octet of a datagram to this node itself. */
    private static final byte PROBE = 0;

    private final RedisAccess access;
    private final ThreadFactory threads;
    private final ServiceThread thread;
    private final Semaphore changes = new Semaphore(0);
    private volatile long answered;
    private volatile UUID inbox = UUID.randomUUID();
    /** Null while Redis is not available. */
    private volatile @Nullable RedisLink link;

    /** Set before the thread starts. */
    private @Nullable Receiver receiver;
    /** Confined to the thread, as the following field. */
    private boolean reported;

    private long probe;

    /** @throws IllegalArgumentException if the URI is invalid */
    public RedisRelay(RedisAccess access) {
        this(access, new RedisThreads());
    }

    /**
     * @param threads creates all threads of this, also those of Lettuce
     * @throws IllegalArgumentException if the URI is invalid
     */
    public RedisRelay(RedisAccess access, ThreadFactory threads) {
        this.access = access;
        this.threads = threads;
        this.thread = new ServiceThread(threads, this::run, CLOSE_TIMEOUT);
        validate();
    }

    /** On a thread of its own: Netty leaves thread locals, which would keep the web application in those of a container. */
    private void validate() {
        FutureTask<?> validation = new FutureTask<>(() -> RedisConnector.uris(access));
        threads.newThread(validation).start();
        try {
            validation.get();
        } catch (ExecutionException e) {
            // Without the URI, which may contain a password.
            throw new IllegalArgumentException(String.valueOf(e.getMessage()).replace(access.uri(), access.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Duration timeout() {
        return access.timeout();
    }

    @Override
    public void listen(Receiver added) {
        receiver = added;
        thread.start();
    }

    @Override
    public void receiveAt(UUID replacement) {
        inbox = replacement;
        changes.release();
    }

    @Override
    public boolean isAvailable() {
        return link != null;
    }

    @Override
    public void send(UUID to, byte[] datagram) {
        RedisLink current = link;
        if (current != null) {
            current.publish(to, datagram);
        }
    }

    private void run() throws InterruptedException {
        Receiver added = Objects.requireNonNull(receiver, "set before the thread starts");
        try (RedisConnector connector = new RedisConnector(access, threads)) {
            while (!thread.isClosed()) {
                serve(connector, added);
                if (!thread.isClosed()) {
                    changes.tryAcquire(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "Redis is not used, because its settings are invalid", e);
        }
    }

    private void serve(RedisConnector connector, Receiver added) throws InterruptedException {
        try (RedisLink opened = new RedisLink(connector, this::received, changes::release)) {
            serve(opened, added);
        } catch (RedisException e) {
            report(e);
        }
    }

    private void serve(RedisLink opened, Receiver added) throws InterruptedException {
        UUID subscribed = null;
        try {
            while (!thread.isClosed()) {
                subscribed = subscribe(opened, subscribed);
                examine(opened, subscribed);
                if (link == null) {
                    LOGGER.log(Level.INFO, "Redis is available: {0}", access);
                    reported = false;
                    link = opened;
                    added.changed();
                }
                awaitChange(opened, subscribed);
            }
        } finally {
            link = null;
            added.changed();
        }
    }

    /** Returns the inbox that this node has subscribed to. */
    private UUID subscribe(RedisLink opened, @Nullable UUID former) throws InterruptedException {
        UUID current = inbox;
        if (!current.equals(former)) {
            opened.subscribe(current, access.timeout());
            if (former != null) {
                opened.unsubscribe(former, access.timeout());
            }
        }
        return current;
    }

    /** Sends a datagram to this node itself, and throws {@link RedisException} if it does not arrive in time. */
    private void examine(RedisLink opened, UUID own) throws InterruptedException {
        long number = ++probe;
        opened.publish(
                own,
                ByteBuffer.allocate(1 + Long.BYTES).put(PROBE).putLong(number).array());
        long sent = System.nanoTime();
        while (answered != number) {
            long left = access.timeout().toNanos() - (System.nanoTime() - sent);
            if (thread.isClosed()) {
                return;
            }
            if (!opened.isOpen()) {
                throw new RedisException("The connection has ended " + opened.failure());
            }
            if (left <= 0) {
                throw new RedisException("What this node sends to itself does not arrive in time");
            }
            changes.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    /** Until the next examination, unless there is a reason for an earlier one. */
    private void awaitChange(RedisLink opened, UUID subscribed) throws InterruptedException {
        long start = System.nanoTime();
        long left = access.timeout().toNanos();
        while (left > 0 && !thread.isClosed() && opened.isOpen() && inbox.equals(subscribed)) {
            changes.tryAcquire(left, TimeUnit.NANOSECONDS);
            left = access.timeout().toNanos() - (System.nanoTime() - start);
        }
    }

    private void report(RedisException failure) {
        if (!reported && !thread.isClosed()) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            LOGGER.log(
                    Level.WARNING,
                    "Redis is not available, parcels pass through PostgreSQL: {0}: {1}",
                    failure.getMessage(),
                    cause.getMessage());
            reported = true;
        }
    }

    private void received(byte[] datagram) {
        if (datagram.length == 1 + Long.BYTES && datagram[0] == PROBE) {
            answered = ByteBuffer.wrap(datagram, 1, Long.BYTES).getLong();
            changes.release();
        } else if (receiver != null) {
            receiver.received(datagram);
        }
    }

    /** Blocks until all threads have ended. */
    @Override
    public void close() {
        thread.close(changes::release);
    }
}
