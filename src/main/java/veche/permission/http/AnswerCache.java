package veche.permission.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The answers of the site by question, for all connections of this node, until they expire. Equal questions that are
 * asked while an answer is awaited share it. Thread-safe.
 */
final class AnswerCache {
    private final Map<String, CompletableFuture<Dated>> answers = new ConcurrentHashMap<>();
    private final Function<String, CompletionStage<Dated>> site;
    private final int maxCached;
    private final Clock clock;

    /** An answer and its expiry. */
    record Dated(AuthorizationAnswer answer, Instant until) {}

    /** @param site asks the site; a failure is not cached */
    AnswerCache(Function<String, CompletionStage<Dated>> site, int maxCached, Clock clock) {
        this.site = site;
        this.maxCached = maxCached;
        this.clock = clock;
    }

    CompletionStage<Dated> answer(String question) {
        CompletableFuture<Dated> known = answers.get(question);
        Instant now = clock.instant();
        return known != null && !expired(known, now) ? known : ask(question, now);
    }

    private CompletionStage<Dated> ask(String question, Instant now) {
        CompletableFuture<Dated> asked = site.apply(question).toCompletableFuture();
        if (answers.size() >= maxCached) {
            answers.values().removeIf(answer -> expired(answer, now));
        }
        if (answers.size() < maxCached || answers.containsKey(question)) {
            answers.put(question, asked);
            asked.whenComplete((answer, failure) -> {
                if (failure != null) {
                    answers.remove(question, asked);
                }
            });
        }
        return asked;
    }

    private static boolean expired(CompletableFuture<Dated> answer, Instant now) {
        return answer.isDone()
                && (answer.isCompletedExceptionally()
                        || !now.isBefore(answer.join().until()));
    }
}
