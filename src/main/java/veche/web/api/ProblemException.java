package veche.web.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signals that a request failed; answered as a problem document (RFC 9457). Carries no stack trace. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient Map<String, @Nullable Object> members;
    private final transient Map<String, String> headers;

    /** @param detail one sentence for the caller */
    ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of(), Map.of());
    }

    /**
     * @param members extension members (RFC 9457 §3.2)
     * @param headers additional header fields
     */
    ProblemException(
            ProblemType type,
            String detail,
            Map<String, ? extends @Nullable Object> members,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.members = new LinkedHashMap<>(members);
        this.headers = Map.copyOf(headers);
    }

    /** A refusal by a rate, or by a resource that is busy, with the time after which the request may succeed. */
    static ProblemException retry(ProblemType type, String detail, Duration wait, Map<String, ?> members) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("retry_ms", wait.toMillis());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Retry-After", Long.toString(seconds));
        if (type == ProblemType.RATE_LIMITED) {
            headers.put("RateLimit", "\"user\";r=0;t=" + seconds);
        }
        return new ProblemException(type, detail, all, headers);
    }

    ProblemType type() {
        return type;
    }

    ApiResponse response() {
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("type", type.uri());
        problem.put("title", type.title());
        problem.put("status", (long) type.status());
        problem.put("detail", getMessage());
        problem.putAll(members);
        return ApiResponse.json(type.status(), "application/problem+json", problem)
                .with(headers);
    }
}
