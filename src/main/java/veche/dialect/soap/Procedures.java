package veche.dialect.soap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.room.User;

/**
 * Port through which the operation {@code Call} calls procedures registered by WAMP clients. Values are those of WAMP's
 * model: {@code null}, {@link Boolean}, {@link Number}, {@link String}, {@code byte[]}, {@link List} and {@link Map}
 * with string keys. Implementations must be thread-safe and must not block.
 */
@FunctionalInterface
public interface Procedures {
    /** The error URI for a procedure that is not registered (WAMP basic profile, "Predefined URIs"). */
    String NO_SUCH_PROCEDURE = "wamp.error.no_such_procedure";

    /**
     * Calls a procedure.
     *
     * @param caller the user on whose behalf the call is made; its permissions apply
     * @return the result; completes exceptionally with a {@link ProcedureException} if the callee or the router returns
     *     an error
     */
    CompletionStage<Result> call(
            User caller, String procedure, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs);

    /** Every call fails with {@link #NO_SUCH_PROCEDURE}. */
    static Procedures none() {
        return (caller, procedure, args, kwargs) ->
                CompletableFuture.failedFuture(new ProcedureException(NO_SUCH_PROCEDURE, List.of(), Map.of()));
    }

    /** The arguments of WAMP's RESULT message. */
    record Result(List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
        public Result {
            Objects.requireNonNull(args, "args");
            Objects.requireNonNull(kwargs, "kwargs");
        }
    }

    /** Signals that a call failed with a WAMP ERROR. Has no stack trace. */
    final class ProcedureException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient String error;
        private final transient List<@Nullable Object> args;
        private final transient Map<String, @Nullable Object> kwargs;

        /** @param error the error URI */
        public ProcedureException(String error, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
            super(error, null, false, false);
            this.error = Objects.requireNonNull(error, "error");
            this.args = Objects.requireNonNull(args, "args");
            this.kwargs = Objects.requireNonNull(kwargs, "kwargs");
        }

        /** The error URI. */
        public String error() {
            return error;
        }

        /** The positional arguments of the error. */
        public List<@Nullable Object> args() {
            return args;
        }

        /** The keyword arguments of the error. */
        public Map<String, @Nullable Object> kwargs() {
            return kwargs;
        }
    }
}
