package veche.dialect;

import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Failures of requests and of what the server does for them. */
public final class Failures {
    private Failures() {}

    /** The failure of a stage without the {@link CompletionException}s that dependent stages wrap it in. */
    public static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The message of an exception whose constructors require one. */
    public static String message(RuntimeException thrown) {
        return Objects.requireNonNull(thrown.getMessage(), () -> "message of " + thrown.getClass());
    }

    /**
     * Logs an unexpected failure. A failure of the logger itself is ignored.
     *
     * @param context {@code key=value} pairs, or empty
     * @return the id of the incident, for the client
     */
    public static String log(System.Logger log, String context, Throwable cause) {
        String incident = UUID.randomUUID().toString();
        try {
            log.log(Level.ERROR, (context + " incident=" + incident).strip(), cause);
        } catch (RuntimeException | Error notLogged) {
            // Logging allocates, so it may fail when the heap is exhausted; the client must still be answered or
            // closed.
        }
        return incident;
    }
}
