package veche.dialect;

import java.lang.System.Logger.Level;
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

    /**
     * Logs an unexpected failure.
     *
     * @param context {@code key=value} pairs, or empty
     * @return the id of the incident, for the client
     */
    public static String log(System.Logger log, String context, Throwable cause) {
        String incident = UUID.randomUUID().toString();
        log.log(Level.ERROR, (context + " incident=" + incident).strip(), cause);
        return incident;
    }
}
