package veche.dialect.wamp.access;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.RefusedException;

/**
 * The decisions of a policy on one session. Those that are made at once and do not expire are not cached, since the
 * policy is then as fast as a cache. Thread-safe; looking up a decision does not allocate.
 *
 * @param <U> a use of a URI, with {@code equals}
 */
public final class GrantCache<U> {
    private static final System.Logger LOG = System.getLogger(GrantCache.class.getName());
    private static final int MAX_CACHED = 1_000;

    private final Function<U, CompletionStage<UriGrant>> policy;
    private final Predicate<U> inUse;
    private final Clock clock;
    private final Map<U, CompletableFuture<UriGrant>> decisions = new ConcurrentHashMap<>();
    private final AtomicInteger generation = new AtomicInteger();
    /** Doubled where most decisions are in use, so that evictions remain rare. */
    private volatile int maxCached = MAX_CACHED;

    /**
     * @param policy the policy for the user of the session
     * @param inUse whether the session relies on the decision, which is then not evicted
     */
    public GrantCache(Function<U, CompletionStage<UriGrant>> policy, Predicate<U> inUse, Clock clock) {
        this.policy = policy;
        this.inUse = inUse;
        this.clock = clock;
    }

    /**
     * Returns the decision, having the policy consulted if it is unknown or has expired. The future, which callers must
     * not complete, fails with {@code veche.error.busy} if the policy fails; it is consulted again at the next call.
     */
    public CompletableFuture<UriGrant> of(U use) {
        CompletableFuture<UriGrant> present = decisions.get(use);
        return present == null || expired(present) ? consult(use) : present;
    }

    /** Whether a decision has expired, so that the policy is consulted at the next use. */
    public boolean expired(U use) {
        CompletableFuture<UriGrant> present = decisions.get(use);
        return present != null && expired(present);
    }

    private boolean expired(CompletableFuture<UriGrant> decision) {
        if (!decision.isDone()) {
            return false;
        }
        if (decision.isCompletedExceptionally()) {
            return true;
        }
        Optional<Instant> until = decision.join().until();
        return until.isPresent() && !clock.instant().isBefore(until.get());
    }

    private CompletableFuture<UriGrant> consult(U use) {
        int before = generation.get();
        CompletableFuture<UriGrant> asked = ask(use);
        if (asked.isDone()
                && !asked.isCompletedExceptionally()
                && asked.join().until().isEmpty()) {
            return asked;
        }
        CompletableFuture<UriGrant> decision = new CompletableFuture<>();
        decisions.put(use, decision);
        evict(use);
        if (before != generation.get()) {
            decisions.remove(use, decision);
        }
        asked.whenComplete((grant, failure) -> {
            if (failure == null && grant != null) {
                decision.complete(grant);
            } else {
                decision.completeExceptionally(undecided(use, failure));
            }
        });
        return decision;
    }

    private CompletableFuture<UriGrant> ask(U use) {
        try {
            return policy.apply(use).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A policy that refuses to decide reports the cause itself. */
    private static WampErrorException undecided(Object use, @Nullable Throwable failure) {
        Throwable cause = failure == null ? new NullPointerException("grant") : Failures.cause(failure);
        if (cause instanceof RefusedException refused) {
            return new WampErrorException(Uri.BUSY, Failures.message(refused));
        }
        LOG.log(Level.WARNING, "The URI policy failed for " + use, cause);
        return new WampErrorException(Uri.BUSY, "The permission could not be determined; retry later");
    }

    private void evict(U added) {
        if (decisions.size() > maxCached) {
            decisions.keySet().removeIf(use -> !use.equals(added) && !inUse.test(use));
            maxCached = Math.max(MAX_CACHED, 2 * decisions.size());
        }
    }

    /** Whether no decision is cached. */
    public boolean isEmpty() {
        return decisions.isEmpty();
    }

    /** Has the policy consulted anew. */
    public void clear() {
        generation.incrementAndGet();
        decisions.clear();
    }

    /** The number of times that {@link #clear} was called. Decisions of an earlier generation are obsolete. */
    public int generation() {
        return generation.get();
    }
}
