package veche.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import veche.log.WebhookStore;

/**
 * Settings of a webhook.
 *
 * @param url {@code veche.webhook.url}: where events are sent to
 * @param secret {@code veche.webhook.secret}: the key of the signatures
 * @param events {@code veche.webhook.events}: what is sent
 * @param rooms {@code veche.webhook.rooms}: patterns of the rooms whose events are sent; {@code *} stands for any
 *     characters
 * @param timeout {@code veche.webhook.timeout}: how long a request may take
 * @param maxAttempts {@code veche.webhook.max-attempts}: how often the same events are sent before they become a dead
 *     letter
 * @param batch {@code veche.webhook.batch}: the maximum number of messages in a request
 * @param maxRequests {@code veche.webhook.max-requests}: the maximum number of concurrent requests, of which a room has
 *     one
 * @param poll {@code veche.webhook.poll}: how often a node looks for events
 */
public record WebhookSettings(
        URI url,
        WebhookSecret secret,
        Set<WebhookEvent> events,
        List<String> rooms,
        Duration timeout,
        int maxAttempts,
        int batch,
        int maxRequests,
        Duration poll) {
    private static final Pattern ROOMS = Pattern.compile("[a-z0-9_*-]+");

    /** @throws IllegalArgumentException if a value is invalid; the message does not quote the URL */
    public WebhookSettings {
        events = Set.copyOf(events);
        rooms = List.copyOf(rooms);
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new IllegalArgumentException("Setting veche.webhook.url is not a URL of http or https");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("Setting veche.webhook.url contains a password");
        }
        if (events.isEmpty() || rooms.isEmpty()) {
            throw new IllegalArgumentException(
                    "Settings veche.webhook.events and veche.webhook.rooms must not be empty");
        }
        rooms.stream()
                .filter(room -> !ROOMS.matcher(room).matches())
                .findFirst()
                .ifPresent(room -> {
                    throw new IllegalArgumentException("Setting veche.webhook.rooms contains '" + room + "'");
                });
        if (timeout.toMillis() <= 0 || poll.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "Settings veche.webhook.timeout and veche.webhook.poll must be positive");
        }
    }

    WebhookStore.Selection selection() {
        return new WebhookStore.Selection(
                rooms,
                events.contains(WebhookEvent.ROOM),
                events.contains(WebhookEvent.MESSAGE),
                events.contains(WebhookEvent.MODERATION));
    }

    /** Does not contain the secret, nor the query of the URL, which may authenticate this server. */
    @Override
    public String toString() {
        return "WebhookSettings[url=" + url.getScheme() + "://" + url.getAuthority() + url.getPath() + "]";
    }
}
