package veche;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import veche.webhook.WebhookStats;

/** The metrics of the webhook. */
record WebhookMetrics(WebhookStats stats) {
    void bindTo(MeterRegistry meters) {
        requests(meters, "delivered", WebhookStats::delivered);
        requests(meters, "failed", WebhookStats::failed);
        FunctionCounter.builder("veche.webhook.dead", stats, WebhookStats::buried)
                .description("Requests of the webhook that this node has given up")
                .register(meters);
        Gauge.builder("veche.webhook.pending", stats, all -> all.backlog().pending())
                .description("Messages and moderation actions that the webhook has not delivered")
                .register(meters);
        Gauge.builder("veche.webhook.dead.letters", stats, all -> all.backlog().dead())
                .description("Dead letters of the webhook that are stored")
                .register(meters);
    }

    private void requests(MeterRegistry meters, String outcome, ToDoubleFunction<WebhookStats> count) {
        FunctionCounter.builder("veche.webhook.requests", stats, count)
                .tag("outcome", outcome)
                .description("Requests of the webhook by their outcome")
                .register(meters);
    }
}
