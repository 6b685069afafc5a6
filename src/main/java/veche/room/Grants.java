package veche.room;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.room.access.Grant;

/**
 * The grants of one connection's user, cached per room. Operations that wait for a decision proceed in the order in
 * which they were requested. Thread-safe; no lock is held while the policy is consulted or an operation proceeds.
 */
final class Grants {
    private static final System.Logger LOG = System.getLogger(RoomPolicy.class.getName());
    private static final int MAX_CACHED = 1_000;

    private final Function<RoomName, CompletionStage<Grant>> policy;
    private final Predicate<RoomName> inUse;
    private final Clock clock;
    private final Map<RoomName, Decision> decisions = new ConcurrentHashMap<>();
    private final AtomicInteger generation = new AtomicInteger();
    /** Doubled where most decisions are in use, so that evictions remain rare. */
    private volatile int maxCached = MAX_CACHED;

    /**
     * @param policy the policy for the user
     * @param inUse whether the connection is in the room, whose grant is then not evicted
     */
    Grants(Function<RoomName, CompletionStage<Grant>> policy, Predicate<RoomName> inUse, Clock clock) {
        this.policy = policy;
        this.inUse = inUse;
        this.clock = clock;
    }

    /** Returns the grant, or {@link Grant#NONE} while the policy determines it. */
    Grant known(RoomName room) {
        Grant grant = decision(room).grant;
        return grant == null ? Grant.NONE : grant;
    }

    /** Returns the grant; the stage fails with {@link RefusedException.Reason#BUSY} if the policy fails. */
    CompletionStage<Grant> of(RoomName room) {
        return decision(room).await();
    }

    /** Whether the grant has been determined and no operation waits for it. */
    boolean isKnown(RoomName room) {
        Decision decision = decision(room);
        return decision.settled && decision.grant != null;
    }

    /** Whether the grant is no longer valid, so that the policy is consulted at the next use. */
    boolean expired(RoomName room) {
        Decision present = decisions.get(room);
        return present != null && present.expired(clock);
    }

    /** Has the policy consulted anew. */
    void clear() {
        generation.incrementAndGet();
        decisions.clear();
    }

    /** The number of times that {@link #clear} was called. Decisions of an earlier generation are obsolete. */
    int generation() {
        return generation.get();
    }

    private Decision decision(RoomName room) {
        while (true) {
            Decision present = decisions.get(room);
            if (present != null && !present.expired(clock)) {
                return present;
            }
            Decision pending = new Decision();
            if (present == null
                    ? decisions.putIfAbsent(room, pending) == null
                    : decisions.replace(room, present, pending)) {
                evict(room);
                consult(room, pending);
                return pending;
            }
        }
    }

    private void evict(RoomName added) {
        if (decisions.size() > maxCached) {
            decisions.keySet().removeIf(room -> !room.equals(added) && !inUse.test(room));
            maxCached = Math.max(MAX_CACHED, 2 * decisions.size());
        }
    }

    private void consult(RoomName room, Decision pending) {
        CompletionStage<Grant> stage;
        try {
            stage = policy.apply(room);
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((grant, failure) -> {
            if (failure == null) {
                pending.settle(grant, null);
            } else {
                decisions.remove(room, pending);
                pending.settle(null, refusal(room, failure));
            }
        });
    }

    /** A policy that refuses to decide reports the cause itself. */
    private static RefusedException refusal(RoomName room, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RefusedException refused && refused.reason() == RefusedException.Reason.BUSY) {
            return refused;
        }
        LOG.log(Level.WARNING, "The room policy failed for room " + room, failure);
        return new RefusedException(
                RefusedException.Reason.BUSY, "The permission could not be determined; retry later");
    }

    /** A grant or a failure, and the operations that wait for either. */
    private static final class Decision {
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<CompletableFuture<Grant>> waiting = new ArrayDeque<>();
        private volatile @Nullable Grant grant;
        private volatile @Nullable RefusedException failure;
        /** Whether all operations that waited have been completed. */
        private volatile boolean settled;

        boolean expired(Clock clock) {
            Optional<Instant> until = Optional.ofNullable(grant).flatMap(Grant::until);
            return until.isPresent() && !clock.instant().isBefore(until.get());
        }

        /** Completes the operations in order; one that is requested meanwhile waits behind them. */
        void settle(@Nullable Grant decided, @Nullable RefusedException refusal) {
            grant = decided;
            failure = refusal;
            for (CompletableFuture<Grant> next = next(); next != null; next = next()) {
                complete(next);
            }
        }

        private @Nullable CompletableFuture<Grant> next() {
            lock.lock();
            try {
                settled = waiting.isEmpty();
                return waiting.poll();
            } finally {
                lock.unlock();
            }
        }

        private void complete(CompletableFuture<Grant> operation) {
            Grant decided = grant;
            if (decided != null) {
                operation.complete(decided);
            } else {
                operation.completeExceptionally(failure);
            }
        }

        CompletionStage<Grant> await() {
            CompletableFuture<Grant> operation = new CompletableFuture<>();
            lock.lock();
            try {
                if (!settled) {
                    waiting.add(operation);
                    return operation;
                }
            } finally {
                lock.unlock();
            }
            complete(operation);
            return operation;
        }
    }
}
