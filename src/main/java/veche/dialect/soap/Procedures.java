package veche.dialect.soap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.User;

/**
 * What the operation {@code Call} calls: the door to the procedures that WAMP clients register. Values are those of
 * WAMP's model: {@code null}, {@link Boolean}, {@link Number}, {@link String}, {@code byte[]}, {@link List} and
 * {@link Map} with string keys. Thread-safe; must not block.
 */
@FunctionalInterface
public interface Procedures {
    /** The error of a procedure that nobody has registered (WAMP basic profile, "Predefined URIs"). */
    String NO_SUCH_PROCEDURE = "wamp.error.no_such_procedure";

    /**
     * Calls a procedure.
     *
     * @param caller for whom: they may what they may themselves
     * @return its result; fails with a {@link ProcedureException} where the callee, or the router, answers with an error
     */
    CompletionStage<Result> call(User caller, String procedure, List<Object> args, Map<String, Object> kwargs);

    /** Knows no procedure. */
    static Procedures none() {
        return (caller, procedure, args, kwargs) ->
                CompletableFuture.failedFuture(new ProcedureException(NO_SUCH_PROCEDURE, List.of(), Map.of()));
    }

    /** What a procedure returned: the arguments of WAMP's RESULT. */
    record Result(List<Object> args, Map<String, Object> kwargs) {
        public Result {
            Objects.requireNonNull(args, "args");
            Objects.requireNonNull(kwargs, "kwargs");
        }
    }

    /** A call answered with an error: WAMP's ERROR. Carries no stack trace. */
    final class ProcedureException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient String error;
        private final transient List<Object> args;
        private final transient Map<String, Object> kwargs;

        /** @param error the error's URI */
        public ProcedureException(String error, List<Object> args, Map<String, Object> kwargs) {
            super(error, null, false, false);
            this.error = Objects.requireNonNull(error, "error");
            this.args = Objects.requireNonNull(args, "args");
            this.kwargs = Objects.requireNonNull(kwargs, "kwargs");
        }

        /** The error's URI. */
        public String error() {
            return error;
        }

        /** What came with it by position. */
        public List<Object> args() {
            return args;
        }

        /** What came with it by name. */
        public Map<String, Object> kwargs() {
            return kwargs;
        }
    }
}
