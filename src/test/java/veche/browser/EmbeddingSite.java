package veche.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web site of another origin that embeds the chat. Thread-safe. */
final class EmbeddingSite {
    private static final EmbeddingSite SHARED = new EmbeddingSite();
    private static final EmbeddingSite NEIGHBOUR = new EmbeddingSite();

    private record Content(String html, String policy) {}

    private final Map<String, Content> pages = new ConcurrentHashMap<>();
    private final HttpServer server;

    private EmbeddingSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** The instance that the server under test allows; ends with the process. */
    static EmbeddingSite shared() {
        return SHARED;
    }

    /** A site on another port of the same host, which the server under test does not allow. */
    static EmbeddingSite neighbour() {
        return NEIGHBOUR;
    }

    /** The address of the site; the origin of {@link #shared} is allowed. */
    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same site under an origin that is not allowed. */
    String foreignOrigin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Serves a page under a path with a Content-Security-Policy. */
    void serve(String path, String html, String policy) {
        pages.put(path, new Content(html, policy));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var page = pages.get(exchange.getRequestURI().getPath());
            if (page == null) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            var body = page.html().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", page.policy());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
