package veche.web.api;

import java.util.Locale;

/** The types of problems (RFC 9457 §3.1.1). */
enum ProblemType {
    INVALID_REQUEST(400, "The request is invalid"),
    UNAUTHENTICATED(401, "Valid credentials are required"),
    FORBIDDEN(403, "The caller lacks the permission"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The resource does not support the method"),
    CONFLICT(409, "The state does not permit the operation"),
    TOO_LARGE(413, "A size limit is exceeded"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
    MISDIRECTED(421, "The server does not answer to this host"),
    PROCEDURE_FAILED(422, "The procedure returned an error"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "The service is temporarily unavailable"),
    TIMEOUT(503, "The request took too long");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The value of {@code type}. */
    String uri() {
        return "urn:veche:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type for a status of a rejected handshake. */
    static ProblemType of(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status < 500 ? INVALID_REQUEST : UNAVAILABLE;
    }
}
