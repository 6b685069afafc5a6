package veche.dialect.wamp.access;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * The requests of one session in their order. A request whose permission is known proceeds at once, on the thread of
 * the caller. While the permission of one is being determined, it and all later ones wait; they proceed on the
 * executor. Thread-safe.
 */
public final class RequestQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiting> waiting = new ArrayDeque<>(0);
    private final Executor executor;
    private final int maxWaiting;
    private final Account account;
    private final IntSupplier generation;
    private final Runnable onObsolete;
    private final Consumer<Throwable> onFailure;
    /** Whether no request waits or proceeds after having waited. Written under the lock. */
    private volatile boolean idle = true;

    private boolean closed;

    /** A request and its permission. */
    public interface Request {
        /** The decision; another one after a change of policies. */
        CompletableFuture<UriGrant> grant();

        /** Performs the request if the decision permits it. */
        void proceed(UriGrant grant);

        /** Answers the request with an error. */
        void fail(RuntimeException failure);

        /** The approximate heap size of the request while it waits, in bytes. */
        long bytes();
    }

    private record Waiting(Request request, long bytes) {}

    /** Accounts the heap of waiting requests. Thread-safe. */
    public interface Account {
        /** @throws RuntimeException if so many bytes are not available; nothing is reserved then */
        void reserve(long bytes);

        void release(long bytes);
    }

    /**
     * @param maxWaiting the maximum number of waiting requests; more are answered {@code veche.error.busy}
     * @param account accounts the waiting requests
     * @param generation the number of changes of policies, after which a decision is obsolete
     * @param onObsolete called after a request has proceeded while policies changed
     * @param onFailure receives unexpected exceptions of requests that have waited
     */
    public RequestQueue(
            Executor executor,
            int maxWaiting,
            Account account,
            IntSupplier generation,
            Runnable onObsolete,
            Consumer<Throwable> onFailure) {
        this.executor = executor;
        this.maxWaiting = maxWaiting;
        this.account = account;
        this.generation = generation;
        this.onObsolete = onObsolete;
        this.onFailure = onFailure;
    }

    /** Performs a request after all earlier ones. Exceptions of a request that proceeds at once are thrown. */
    public void submit(Request request) {
        if (idle) {
            int before = generation.getAsInt();
            CompletableFuture<UriGrant> grant = request.grant();
            if (grant.isDone()) {
                conclude(request, grant, before);
                return;
            }
        }
        try {
            if (!enqueue(request)) {
                return;
            }
        } catch (RuntimeException full) {
            request.fail(full);
            return;
        }
        proceed();
    }

    /** Returns whether the caller is to begin with the waiting requests. */
    private boolean enqueue(Request request) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (waiting.size() >= maxWaiting) {
                throw new WampErrorException(Uri.BUSY, "Too many requests wait for a permission; retry later");
            }
            Waiting last = new Waiting(request, request.bytes());
            account.reserve(last.bytes());
            waiting.add(last);
            boolean first = idle;
            idle = false;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Performs waiting requests until the permission of one is unknown. */
    private void proceed() {
        for (Waiting next = peek(); next != null; next = peek()) {
            int before = generation.getAsInt();
            CompletableFuture<UriGrant> grant = next.request().grant();
            if (!grant.isDone()) {
                grant.whenComplete((decided, failure) -> executor.execute(() -> resume(grant, before)));
                return;
            }
            perform(next, grant, before);
        }
    }

    private void resume(CompletableFuture<UriGrant> grant, int before) {
        Waiting first = peek();
        // A failed or expired decision concludes this request: only a change of policies has it decided anew.
        if (first != null && before == generation.getAsInt()) {
            perform(first, grant, before);
        }
        if (first != null) {
            proceed();
        }
    }

    private void perform(Waiting first, CompletableFuture<UriGrant> grant, int before) {
        try {
            conclude(first.request(), grant, before);
        } catch (ProtocolViolationException violation) {
            // The client has sent other messages since: it is too late to abort the session because of this one.
            first.request().fail(violation);
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        } finally {
            remove(first);
        }
    }

    private void conclude(Request request, CompletableFuture<UriGrant> decided, int before) {
        UriGrant grant;
        try {
            grant = decided.join();
        } catch (CompletionException failure) {
            request.fail(Failures.cause(failure) instanceof RuntimeException refusal ? refusal : failure);
            return;
        }
        request.proceed(grant);
        if (before != generation.getAsInt()) {
            onObsolete.run();
        }
    }

    private @Nullable Waiting peek() {
        lock.lock();
        try {
            idle = waiting.isEmpty();
            return waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private void remove(Waiting first) {
        lock.lock();
        try {
            // Not there if the queue was closed meanwhile.
            if (first.equals(waiting.peek())) {
                waiting.remove();
                account.release(first.bytes());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Discards the waiting requests, because the session has ended; they are not answered. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(each -> account.release(each.bytes()));
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
