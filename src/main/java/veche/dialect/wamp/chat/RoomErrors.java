package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Procedure;
import veche.room.RefusedException;

/** Maps refusals of rooms to WAMP errors. */
public final class RoomErrors {
    private RoomErrors() {}

    /** Returns the failure to report; exceptions other than refusals are returned unchanged, without wrappers. */
    static Throwable map(Throwable thrown) {
        Throwable cause = Failures.cause(thrown);
        return cause instanceof RefusedException refused ? map(refused) : cause;
    }

    /** Returns the WAMP error for a refusal. */
    public static WampErrorException map(RefusedException refused) {
        Map<String, Object> details = new LinkedHashMap<>(ModerationActions.sanction(refused.action()));
        refused.retryMillis().ifPresent(wait -> details.put("retry_ms", wait));
        return new WampErrorException(uri(refused.reason()), Failures.message(refused), details);
    }

    /** Wraps a procedure so that refusals, whether thrown or in the stage, become WAMP errors. */
    static Procedure mapping(Procedure procedure) {
        return (caller, arguments) -> {
            try {
                return mapping(procedure.call(caller, arguments));
            } catch (RefusedException refused) {
                throw map(refused);
            }
        };
    }

    static <T> CompletionStage<T> mapping(CompletionStage<T> stage) {
        return stage.exceptionally(failure -> {
            Throwable mapped = map(failure);
            throw mapped instanceof RuntimeException exception ? exception : new CompletionException(mapped);
        });
    }

    private static String uri(RefusedException.Reason reason) {
        return switch (reason) {
            case BAD_ROOM_NAME, INVALID -> Uri.INVALID_ARGUMENT;
            case TOO_BIG -> Uri.PAYLOAD_SIZE_EXCEEDED;
            case NO_SUCH_MESSAGE -> Uri.NO_SUCH_MESSAGE;
            case NOT_ALLOWED, BANNED, MUTED, READ_ONLY, CLOSED -> Uri.NOT_AUTHORIZED;
            case SLOW, LIMITED -> Uri.RATE_LIMITED;
            case BUSY -> Uri.BUSY;
            case LOG_UNAVAILABLE, STOPPING -> Uri.UNAVAILABLE;
        };
    }
}
