package veche.web.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.chat.ModerationActions;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.message.Uri;
import veche.room.RefusedException;
import veche.socket.handshake.HandshakeRejectedException;
import veche.socket.handshake.Rejection;

/** Maps failures to problems. */
final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final String RETRY = "retry_ms";
    private static final Duration BUSY = Duration.ofSeconds(1);

    private Problems() {}

    /** The problem that a failure is answered with; an unexpected one is logged. */
    static ProblemException of(Throwable thrown) {
        Throwable cause = Failures.cause(thrown);
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        if (cause instanceof RefusedException refused) {
            return of(refused);
        }
        if (cause instanceof RealmException failed) {
            return of(failed);
        }
        if (cause instanceof HandshakeRejectedException rejected) {
            return of(rejected.rejection());
        }
        if (cause instanceof DecodingException malformed) {
            return new ProblemException(ProblemType.INVALID_REQUEST, Failures.message(malformed));
        }
        String incident = Failures.log(LOG, "HTTP API", cause);
        return new ProblemException(ProblemType.INTERNAL, "Internal error, incident " + incident);
    }

    private static ProblemException of(Rejection rejection) {
        return new ProblemException(
                ProblemType.of(rejection.status()), rejection.message(), Map.of(), rejection.headers());
    }

    private static ProblemException of(RefusedException refused) {
        Map<String, Object> members = new LinkedHashMap<>(ModerationActions.sanction(refused.action()));
        ProblemType type = type(refused.reason());
        String detail = Failures.message(refused);
        if (type == ProblemType.UNAVAILABLE || type == ProblemType.RATE_LIMITED) {
            Duration wait = Duration.ofMillis(refused.retryMillis().orElse(BUSY.toMillis()));
            return ProblemException.retry(type, detail, wait, members);
        }
        members.put("reason", refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return new ProblemException(type, detail, members, Map.of());
    }

    private static ProblemType type(RefusedException.Reason reason) {
        return switch (reason) {
            case BAD_ROOM_NAME, INVALID -> ProblemType.INVALID_REQUEST;
            case TOO_BIG -> ProblemType.TOO_LARGE;
            case NO_SUCH_MESSAGE -> ProblemType.NOT_FOUND;
            case NOT_ALLOWED, BANNED, MUTED, READ_ONLY, CLOSED -> ProblemType.FORBIDDEN;
            case SLOW, LIMITED -> ProblemType.RATE_LIMITED;
            case BUSY, LOG_UNAVAILABLE, STOPPING -> ProblemType.UNAVAILABLE;
        };
    }

    private static ProblemException of(RealmException failed) {
        ProblemType type = type(failed.uri());
        String detail = failed.args().isEmpty()
                ? failed.uri()
                : Objects.toString(failed.args().get(0));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("error", failed.uri());
        members.put("args", failed.args());
        members.put("kwargs", failed.kwargs());
        if (type == ProblemType.UNAVAILABLE || type == ProblemType.RATE_LIMITED) {
            Object wait = failed.kwargs().get(RETRY);
            return ProblemException.retry(
                    type,
                    detail,
                    wait instanceof Number millis ? Duration.ofMillis(millis.longValue()) : BUSY,
                    members);
        }
        return new ProblemException(type, detail, members, Map.of());
    }

    private static ProblemType type(String error) {
        return switch (error) {
            case Uri.INVALID_ARGUMENT, Uri.INVALID_URI, Uri.PROTOCOL_VIOLATION -> ProblemType.INVALID_REQUEST;
            case Uri.NO_SUCH_MESSAGE, Uri.NO_SUCH_PROCEDURE, Uri.NO_SUCH_SESSION -> ProblemType.NOT_FOUND;
            case Uri.NOT_AUTHORIZED -> ProblemType.FORBIDDEN;
            case Uri.PAYLOAD_SIZE_EXCEEDED -> ProblemType.TOO_LARGE;
            case Uri.RATE_LIMITED -> ProblemType.RATE_LIMITED;
            case Uri.BUSY, Uri.UNAVAILABLE, Uri.LIMIT_REACHED -> ProblemType.UNAVAILABLE;
            case Uri.TIMEOUT -> ProblemType.TIMEOUT;
            case Uri.INTERNAL -> ProblemType.INTERNAL;
            default -> ProblemType.PROCEDURE_FAILED;
        };
    }
}
