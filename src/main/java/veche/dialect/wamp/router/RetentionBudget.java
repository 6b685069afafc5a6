package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.WampErrorException;
import veche.limit.ClientMemory;

/**
 * Accounts the heap that is retained on behalf of users, in bytes, against a limit per user, one per node, and the
 * limit of all memory that the node holds on behalf of clients. The server's own sessions have no account: their user
 * is null. Thread-safe.
 */
public final class RetentionBudget {
    private final RouterLimits.Retention limits;
    private final ClientMemory memory;
    private final AtomicLong total = new AtomicLong();
    private final Map<String, Long> byUser = new ConcurrentHashMap<>();

    RetentionBudget(RouterLimits.Retention limits, ClientMemory memory) {
        this.limits = limits;
        this.memory = memory;
    }

    /** The bytes reserved by all users. */
    long total() {
        return total.get();
    }

    /**
     * Checks that bytes can be reserved.
     *
     * @throws WampErrorException {@code veche.error.limit_reached}, where they cannot be reserved at present
     */
    void check(@Nullable String user, long bytes) {
        if (user == null) {
            return;
        }
        check(byUser.getOrDefault(user, 0L), bytes);
    }

    private void check(long reserved, long bytes) {
        if (reserved + bytes > limits.userBytes()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "At most " + limits.userBytes() + " bytes are retained on behalf of one user");
        }
        if (total.get() + bytes > limits.nodeBytes()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "This node retains at most " + limits.nodeBytes() + " bytes on behalf of all users");
        }
        checkMemory();
    }

    private void checkMemory() {
        if (memory.refuses()) {
            throw new WampErrorException(LIMIT_REACHED, "This node has no memory left for clients; retry later");
        }
    }

    /**
     * Reserves bytes.
     *
     * @throws WampErrorException as {@link #check}; nothing is reserved then
     */
    public void reserve(ClientMemory.Part part, @Nullable String user, long bytes) {
        if (user == null) {
            return;
        }
        byUser.compute(user, (name, before) -> {
            check(before == null ? 0 : before, bytes);
            total.addAndGet(bytes);
            memory.counter(part).add(bytes);
            return (before == null ? 0 : before) + bytes;
        });
    }

    /** Releases bytes reserved by {@link #reserve}. */
    public void release(ClientMemory.Part part, @Nullable String user, long bytes) {
        if (user == null) {
            return;
        }
        byUser.computeIfPresent(user, (name, before) -> before <= bytes ? null : before - bytes);
        total.addAndGet(-bytes);
        memory.counter(part).add(-bytes);
    }

    /**
     * Accounts the bytes of a pending call to the node only, since another limit bounds those of a user.
     *
     * @throws WampErrorException {@code veche.error.limit_reached}, if the node has no memory left for clients
     */
    void reserveCall(long bytes) {
        checkMemory();
        memory.counter(ClientMemory.Part.CALL).add(bytes);
    }

    /** Releases bytes reserved by {@link #reserveCall}. */
    void releaseCall(long bytes) {
        memory.counter(ClientMemory.Part.CALL).add(-bytes);
    }
}
