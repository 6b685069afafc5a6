package veche.permission.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** A site with an authorization service on the loopback interface, and authorizers that ask it. */
public final class AuthorizerSite implements AutoCloseable {
    /** The questions received, as JSON. */
    public final List<String> questions = new CopyOnWriteArrayList<>();

    /** The header fields {@code Authorization} received. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    static final int MAX_CACHED = 3;

    private final HttpServer server;
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile Handler handler = exchange -> {};

    /** Answers an exchange, on a thread of its own. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    public AuthorizerSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(handlers);
        server.createContext("/authorize", exchange -> {
            questions.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            handler.handle(exchange);
        });
        server.start();
    }

    void handle(Handler next) {
        handler = next;
    }

    /** Has a question answered with this JSON. */
    public void answer(Function<String, String> json) {
        handle(exchange -> send(exchange, 200, json.apply(questions.get(questions.size() - 1))));
    }

    public void answer(String json) {
        answer(question -> json);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/authorize");
    }

    public HttpAuthorizer authorizer() {
        return authorizer(Duration.ofSeconds(10), 8, 8);
    }

    HttpAuthorizer authorizer(Duration timeout, int maxRequests, int maxPending) {
        HttpAuthorizerSettings settings = new HttpAuthorizerSettings(
                url(),
                "s3cret",
                timeout,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                MAX_CACHED,
                maxRequests,
                maxPending);
        return new HttpAuthorizer(settings, handlers, timer, Clock.systemUTC());
    }

    @Override
    public void close() {
        server.stop(0);
        handlers.shutdownNow();
        timer.shutdownNow();
    }
}
