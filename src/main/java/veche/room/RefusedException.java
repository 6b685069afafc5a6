package veche.room;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Signals that a room rejected an operation. Dialects map it to an error of their protocol. Carries no stack trace. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of rejection. */
    public enum Reason {
        /** Invalid room name. */
        BAD_ROOM_NAME,
        /** Arguments are missing, invalid or contradictory. */
        INVALID,
        /** A size limit is exceeded; the message names it. */
        TOO_BIG,
        /** The referenced message is not in this room's log. */
        NO_SUCH_MESSAGE,
        /** The author lacks permission. */
        NOT_ALLOWED,
        /** The author is banned from the room or from all rooms. */
        BANNED,
        /** The author is muted: reading is permitted, writing is not. */
        MUTED,
        /** The room is in slow mode, and the author has sent a message recently; see {@link #retryAfter}. */
        SLOW,
        /** The user acts too often; see {@link #retryAfter}. */
        LIMITED,
        /** Only moderators may write to the room. */
        READ_ONLY,
        /** Only moderators may enter the room. */
        CLOSED,
        /** A queue or concurrency limit is reached; the operation can be retried. */
        BUSY,
        /** The log is temporarily unavailable (disk full, database unreachable); the operation can be retried later. */
        LOG_UNAVAILABLE,
        /** The server is shutting down. */
        STOPPING
    }

    private final Reason reason;
    private final transient @Nullable ModerationAction action;
    private final @Nullable Duration retryAfter;

    /** @param message one sentence for the caller */
    public RefusedException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /** Creates an exception for an active sanction. */
    RefusedException(Reason reason, ModerationAction action) {
        this(reason, action.sentence(), action, null);
    }

    private RefusedException(
            Reason reason, String message, @Nullable ModerationAction action, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.action = action;
        this.retryAfter = retryAfter;
    }

    /** Returns the exception for a message that is sent too early in slow mode. */
    static RefusedException slow(ModerationAction mode, Duration retryAfter) {
        return new RefusedException(Reason.SLOW, mode.sentence(), mode, retryAfter);
    }

    /** Returns the exception for a user that exceeds a limit. */
    static RefusedException limited(Duration retryAfter) {
        return limited("Too many requests; retry later", retryAfter);
    }

    /**
     * Returns the exception for a client that exceeds a limit.
     *
     * @param message one sentence for the client
     */
    public static RefusedException limited(String message, Duration retryAfter) {
        return new RefusedException(Reason.LIMITED, message, null, retryAfter);
    }

    /** Returns the exception for an edit or deletion by a user other than the author. */
    static RefusedException notTheAuthor() {
        return new RefusedException(Reason.NOT_ALLOWED, "Only its author may edit or delete a message");
    }

    /** The kind of rejection. */
    public Reason reason() {
        return reason;
    }

    /** The moderation action that caused it, or null. */
    public @Nullable ModerationAction action() {
        return action;
    }

    /** The time after which the operation can be retried, greater than 0, or null if it is unknown. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** {@link #retryAfter} in milliseconds, rounded up, so that a client that waits exactly so long succeeds. */
    public OptionalLong retryMillis() {
        return retryAfter == null
                ? OptionalLong.empty()
                : OptionalLong.of(retryAfter.plusNanos(999_999).toMillis());
    }
}
