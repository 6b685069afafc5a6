package veche.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.dialect.Failures;

/** Sends signed requests to the site. Redirects are not followed. Thread-safe; does not block. */
final class WebhookClient {
    /**
     * The result of a request.
     *
     * @param failure why it was not delivered; empty if it was
     * @param retryAfter the pause that the site demands; zero for none
     */
    record Result(String failure, Duration retryAfter) {
        private static final Result DELIVERED = new Result("", Duration.ZERO);

        boolean delivered() {
            return failure.isEmpty();
        }
    }

    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client;

    WebhookClient(WebhookSettings settings, Executor executor, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(executor)
                .build();
    }

    static CompletionStage<Result> nothingToSend() {
        return CompletableFuture.completedFuture(Result.DELIVERED);
    }

    /** Never completes exceptionally. */
    CompletionStage<Result> send(WebhookRequest request) {
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest http = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Veche")
                .header("webhook-id", request.id())
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", settings.secret().sign(request.id(), timestamp, request.body()))
                .POST(HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(http, HttpResponse.BodyHandlers.discarding());
        // Unlike the timeout of the request, this includes the body of the answer.
        return exchange.copy()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure == null) {
                        return result(response);
                    }
                    exchange.cancel(true);
                    return new Result(describe(failure), Duration.ZERO);
                });
    }

    private Result result(HttpResponse<?> response) {
        int status = response.statusCode();
        return status / 100 == 2
                ? Result.DELIVERED
                : new Result(
                        "HTTP " + status,
                        response.headers()
                                .firstValue("Retry-After")
                                .map(this::pause)
                                .orElse(Duration.ZERO));
    }

    /** RFC 9110 section 10.2.3: seconds or a date. */
    private Duration pause(String retryAfter) {
        try {
            Duration pause = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(
                            clock.instant(),
                            Instant.from(ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)));
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            // An invalid field has no effect.
            return Duration.ZERO;
        }
    }

    private String describe(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof TimeoutException) {
            return "no answer within " + settings.timeout().toMillis() + " ms";
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }
}
