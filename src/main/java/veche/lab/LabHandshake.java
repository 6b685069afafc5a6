package veche.lab;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One handshake as the server saw and answered it, for the client to be told. The answer is known only once the container
 * has given it, which may be before or after the socket opens. What is secret is named, not told: a page's scripts must
 * not learn by this what the browser keeps from them.
 */
final class LabHandshake {
    private static final ThreadLocal<LabHandshake> CURRENT = new ThreadLocal<>();
    private static final Set<String> SECRET = Set.of("cookie", "authorization", "proxy-authorization", "set-cookie");

    private final JsonObject request;
    private final CompletableFuture<String> told = new CompletableFuture<>();

    private LabHandshake(JsonObject request) {
        this.request = request;
    }

    /** The one that this thread is answering. */
    static Optional<LabHandshake> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static LabHandshake begin(HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        LabHandshake begun = new LabHandshake(part(
                request.getMethod() + " " + request.getRequestURI() + query + " " + request.getProtocol(),
                Collections.list(request.getHeaderNames()),
                name -> Collections.list(request.getHeaders(name))));
        CURRENT.set(begun);
        return begun;
    }

    static void end() {
        CURRENT.remove();
    }

    /** The container has answered it. */
    void answered(HttpServletResponse response) {
        // Some containers set the status only when they send it; the client that hears this was sent 101.
        JsonObject answer = part("HTTP/1.1 101 Switching Protocols", response.getHeaderNames(), response::getHeaders);
        told.complete(Json.createObjectBuilder()
                .add("request", request)
                .add("answer", answer)
                .build()
                .toString());
    }

    /** Tells it, as a JSON object, once it is known. */
    void whenAnswered(Consumer<String> listener) {
        told.thenAccept(listener);
    }

    private static JsonObject part(String line, Collection<String> names, Function<String, Collection<String>> values) {
        JsonArrayBuilder fields = Json.createArrayBuilder();
        for (String name : new LinkedHashSet<>(names)) {
            for (String value : values.apply(name)) {
                boolean secret = SECRET.contains(name.toLowerCase(Locale.ROOT));
                fields.add(Json.createArrayBuilder().add(name).add(secret ? "…" : value));
            }
        }
        return Json.createObjectBuilder()
                .add("line", line)
                .add("fields", fields)
                .build();
    }
}
