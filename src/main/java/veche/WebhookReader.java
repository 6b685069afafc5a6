package veche;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import veche.webhook.WebhookEvent;
import veche.webhook.WebhookSecret;
import veche.webhook.WebhookSettings;

/** Reads the settings {@code veche.webhook.*}. */
final class WebhookReader {
    private static final int MAX_POLL_MILLIS = 5_000;

    private WebhookReader() {}

    /** Empty without {@code veche.webhook.url}. */
    static Optional<WebhookSettings> read(ConfigReader source) {
        String url = source.get("veche.webhook.url", "", Function.identity());
        String secret = source.get("veche.webhook.secret", "", Function.identity());
        Set<WebhookEvent> events = source.get(
                "veche.webhook.events", Set.of(WebhookEvent.MESSAGE, WebhookEvent.MODERATION), WebhookReader::events);
        List<String> rooms = source.get("veche.webhook.rooms", List.of("*"), ConfigReader::split);
        Duration timeout = source.duration("veche.webhook.timeout", Duration.ofSeconds(10));
        int maxAttempts = source.number("veche.webhook.max-attempts", 15, 1, 1_000);
        int batch = source.number("veche.webhook.batch", 100, 1, 1_000);
        int maxRequests = source.number("veche.webhook.max-requests", 8, 1, 256);
        Duration poll = source.get("veche.webhook.poll", Duration.ofMillis(250), WebhookReader::poll);
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebhookSettings(
                        uri(url),
                        new WebhookSecret(secret),
                        events,
                        rooms,
                        timeout,
                        maxAttempts,
                        batch,
                        maxRequests,
                        poll));
    }

    private static Set<WebhookEvent> events(String text) {
        return ConfigReader.split(text).stream().map(WebhookEvent::named).collect(Collectors.toUnmodifiableSet());
    }

    /** Less than the time after which other nodes take over. */
    private static Duration poll(String text) {
        Duration poll = ConfigReader.duration(text);
        if (poll.toMillis() > MAX_POLL_MILLIS) {
            throw new IllegalArgumentException("It must be at most 5s");
        }
        return poll;
    }

    /** The message does not quote the URL, which may contain a password. */
    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Setting veche.webhook.url is not a URL: " + e.getReason());
        }
    }
}
