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
 * One handshake as the server received and answered it, to be sent to the client. The response is known only after the
 * container has produced it, which may be before or after the socket opens. Secret header fields are listed without
 * their values: scripts of a page must not obtain what the browser withholds from them.
 */
final class LabHandshake {
    private static final ThreadLocal<LabHandshake> CURRENT = new ThreadLocal<>();
    private static final Set<String> SECRET = Set.of("cookie", "authorization", "proxy-authorization", "set-cookie");

    private final JsonObject request;
    private final CompletableFuture<String> json = new CompletableFuture<>();

    private LabHandshake(JsonObject request) {
        this.request = request;
    }

    /** The handshake that the current thread is processing. */
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

    /** Records the response of the container. */
    void answered(HttpServletResponse response) {
        // Some containers set the status only when they send it; a client that receives this report was sent 101.
        JsonObject answer = part("HTTP/1.1 101 Switching Protocols", response.getHeaderNames(), response::getHeaders);
        json.complete(Json.createObjectBuilder()
                .add("request", request)
                .add("answer", answer)
                .build()
                .toString());
    }

    /** Passes the handshake as a JSON object to a listener, as soon as the response is known. */
    void whenAnswered(Consumer<String> listener) {
        json.thenAccept(listener);
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
