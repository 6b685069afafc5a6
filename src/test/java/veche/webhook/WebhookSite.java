package veche.webhook;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import veche.room.MessageLog;

/** A site with a webhook receiver on the loopback interface. */
final class WebhookSite implements AutoCloseable {
    /** The example of the Standard Webhooks specification. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** A request received. */
    record Received(String id, long timestamp, String signature, String body) {
        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        List<String> texts() {
            return json().getJsonObject("data").getJsonArray("messages").stream()
                    .map(message -> message.asJsonObject().getString("text", ""))
                    .toList();
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<Received> accepted = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile ToIntFunction<Received> status = request -> 204;

    WebhookSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            Received request = new Received(
                    headers.getFirst("webhook-id"),
                    Long.parseLong(headers.getFirst("webhook-timestamp")),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            int answer = status.applyAsInt(request);
            if (answer / 100 == 2) {
                accepted.add(request);
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    void answer(ToIntFunction<Received> next) {
        status = next;
    }

    WebhookSettings settings(String room, int maxAttempts, int batch) {
        return new WebhookSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
                new WebhookSecret(SECRET),
                Set.of(WebhookEvent.values()),
                List.of(room),
                Duration.ofSeconds(10),
                maxAttempts,
                batch,
                4,
                Duration.ofMillis(20));
    }

    Webhook start(MessageLog log, WebhookSettings settings) {
        Webhook webhook = new Webhook(settings, log, threads);
        webhook.start();
        return webhook;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
