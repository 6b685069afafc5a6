package veche.web.stream;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;
import veche.dialect.Failures;
import veche.room.RefusedException;
import veche.socket.handshake.Rejection;

/**
 * An error as a problem document (RFC 9457).
 *
 * @param retryMillis after which the request may succeed
 */
record Problem(int status, String title, String detail, OptionalLong retryMillis) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final System.Logger LOG = System.getLogger(Problem.class.getName());

    Problem(int status, String title, String detail) {
        this(status, title, detail, OptionalLong.empty());
    }

    static Problem of(Throwable failure) {
        return failure instanceof RefusedException refusal
                ? of(refusal)
                : new Problem(500, "Internal error", "Incident " + Failures.log(LOG, "", failure));
    }

    private static Problem of(RefusedException refusal) {
        String detail = Objects.toString(refusal.getMessage());
        return switch (refusal.reason()) {
            case BAD_ROOM_NAME, INVALID, TOO_BIG -> new Problem(400, "Bad request", detail);
            case NO_SUCH_MESSAGE -> new Problem(404, "Not found", detail);
            case NOT_ALLOWED, BANNED, MUTED, READ_ONLY, CLOSED -> new Problem(403, "Forbidden", detail);
            case SLOW, LIMITED -> new Problem(429, "Too many requests", detail, refusal.retryMillis());
            case BUSY, LOG_UNAVAILABLE, STOPPING -> new Problem(503, "Unavailable", detail, OptionalLong.of(1_000));
        };
    }

    /** Answers a request that was not admitted. */
    static void send(Rejection rejection, HttpServletResponse response) throws IOException {
        rejection.headers().forEach(response::setHeader);
        new Problem(rejection.status(), "Refused", rejection.message()).send(response);
    }

    /** Answers a request. May block, but not for long: the body is short. */
    void send(HttpServletResponse response) throws IOException {
        response.getOutputStream().write(begin(response).getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the head of a response; returns the body. */
    String begin(HttpServletResponse response) {
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
        retryMillis.ifPresent(wait -> {
            response.setHeader("Retry-After", Long.toString(Math.max(1, (wait + 999) / 1_000)));
            json.add("retry_ms", wait);
        });
        return json.build().toString();
    }
}
