package veche.permission.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.permission.http.AuthorizerStats.Outcome;
import veche.room.RefusedException;

/**
 * Sends questions to the site, a limited number at a time; further ones wait in a bounded queue. Redirects are not
 * followed, and the size of answers is limited. Thread-safe; does not block.
 */
final class SiteClient {
    static final int MAX_ANSWER_BYTES = 16 << 10;

    private static final System.Logger LOG = System.getLogger(HttpAuthorizer.class.getName());

    private final HttpAuthorizerSettings settings;
    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final AuthorizerStats stats = new AuthorizerStats();
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Exchange> waiting = new ArrayDeque<>();
    private int running;
    private final AtomicBoolean available = new AtomicBoolean(true);

    private final class Exchange {
        private final String question;
        private final CompletableFuture<AuthorizationAnswer> answer = new CompletableFuture<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final long began = System.nanoTime();
        private volatile @Nullable CompletableFuture<?> sent;

        private Exchange(String question) {
            this.question = question;
        }

        private void send() {
            CompletableFuture<HttpResponse<byte[]>> exchange =
                    client.sendAsync(request(question), response -> new BoundedBody(MAX_ANSWER_BYTES));
            sent = exchange;
            if (ended.get()) {
                exchange.cancel(true);
            }
            exchange.whenComplete((response, failure) -> {
                release();
                if (failure != null) {
                    fail(failure);
                } else {
                    receive(response);
                }
            });
        }

        private void receive(HttpResponse<byte[]> response) {
            stats.answered(System.nanoTime() - began);
            try {
                if (response.statusCode() != 200) {
                    throw new IOException("the status is " + response.statusCode());
                }
                AuthorizationAnswer received = AuthorizationAnswer.parse(response.body());
                if (ended.compareAndSet(false, true)) {
                    succeeded(received);
                    answer.complete(received);
                }
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable cause) {
            if (ended.compareAndSet(false, true)) {
                CompletableFuture<?> exchange = sent;
                if (exchange != null) {
                    exchange.cancel(true);
                }
                failed(cause);
                answer.completeExceptionally(refusal());
            }
        }
    }

    /**
     * @param executor sends requests and processes answers
     * @param timer ends requests that take too long; never blocked
     */
    SiteClient(HttpAuthorizerSettings settings, Executor executor, ScheduledExecutorService timer) {
        this.settings = settings;
        this.timer = timer;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(executor)
                .build();
    }

    private static RefusedException refusal() {
        return new RefusedException(
                RefusedException.Reason.BUSY, "The permission could not be determined; retry later");
    }

    private HttpRequest request(String question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question));
        if (!settings.secret().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.secret());
        }
        return request.build();
    }

    /**
     * Returns the answer; the stage fails with {@link RefusedException.Reason#BUSY} if there is no valid one in time.
     */
    CompletionStage<AuthorizationAnswer> ask(String question) {
        Exchange exchange = new Exchange(question);
        if (!begin(exchange)) {
            return exchange.answer;
        }
        ScheduledFuture<?> timeout = timer.schedule(
                () -> exchange.fail(new TimeoutException("no answer within " + settings.timeout())),
                settings.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        exchange.answer.whenComplete((answer, failure) -> timeout.cancel(false));
        return exchange.answer;
    }

    private boolean begin(Exchange exchange) {
        lock.lock();
        try {
            if (running >= settings.maxRequests()) {
                if (waiting.size() < settings.maxPending()) {
                    waiting.add(exchange);
                    return true;
                }
                stats.add(Outcome.BUSY);
                exchange.answer.completeExceptionally(refusal());
                return false;
            }
            running++;
        } finally {
            lock.unlock();
        }
        exchange.send();
        return true;
    }

    /** Lets the next request begin that has not timed out meanwhile. */
    private void release() {
        Exchange next;
        lock.lock();
        try {
            do {
                next = waiting.poll();
            } while (next != null && next.ended.get());
            if (next == null) {
                running--;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.send();
        }
    }

    private void succeeded(AuthorizationAnswer answer) {
        stats.add(answer.allowed() ? Outcome.ALLOWED : Outcome.DENIED);
        if (available.compareAndSet(false, true)) {
            LOG.log(Level.INFO, "veche.authorize.url answers again");
        }
    }

    /** Logs the first of several failures; none of them quotes the answer. */
    private void failed(Throwable cause) {
        stats.add(Outcome.FAILED);
        Level level = available.compareAndSet(true, false) ? Level.WARNING : Level.DEBUG;
        LOG.log(level, "veche.authorize.url gives no valid answer, permissions are refused: {0}", describe(cause));
    }

    private static String describe(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Whether the last answer was valid. */
    boolean available() {
        return available.get();
    }

    AuthorizerStats stats() {
        return stats;
    }
}
