package veche;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import veche.permission.http.AuthorizerStats;

/** The metrics of the HTTP authorizer. */
record AuthorizerMetrics(AuthorizerStats stats) {
    void bindTo(MeterRegistry meters) {
        for (AuthorizerStats.Outcome outcome : AuthorizerStats.Outcome.values()) {
            FunctionCounter.builder("veche.authorize.requests", stats, all -> all.count(outcome))
                    .tag("outcome", outcome.label())
                    .description("Questions to the HTTP authorizer by their outcome")
                    .register(meters);
        }
        FunctionTimer.builder(
                        "veche.authorize",
                        stats,
                        AuthorizerStats::answers,
                        AuthorizerStats::totalNanos,
                        TimeUnit.NANOSECONDS)
                .description("Time until the HTTP authorizer answers, including the wait for other questions")
                .register(meters);
    }
}
