package veche.room;

/** Why a room said no, in the room's words; a dialect turns it into its own. Carries no stack trace. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of no. */
    public enum Reason {
        /** Not a room's name. */
        BAD_ROOM_NAME,
        /** Parts missing or contradictory. */
        INVALID,
        /** Larger than a named limit. */
        TOO_BIG,
        /** The message referred to is not in this room's log. */
        NO_SUCH_MESSAGE,
        /** Not by this author. */
        NOT_ALLOWED,
        /** A moderator keeps this author out, of the room or altogether. */
        BANNED,
        /** A moderator lets this author read, yet not speak. */
        MUTED,
        /** Too much waits already; try again. */
        BUSY,
        /** The log cannot write now (disk full, database away); try again later. */
        LOG_UNAVAILABLE,
        /** The server stops. */
        STOPPING
    }

    private final Reason reason;
    private final transient ModerationAction action;

    /** @param message one sentence for the person or program that asked */
    public RefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** For a sanction that holds. */
    RefusedException(Reason reason, ModerationAction action) {
        this(reason, action.sentence(), action);
    }

    private RefusedException(Reason reason, String message, ModerationAction action) {
        super(message, null, false, false);
        this.reason = reason;
        this.action = action;
    }

    /** An edit or deletion by somebody who is not the author. */
    static RefusedException notTheAuthor() {
        return new RefusedException(Reason.NOT_ALLOWED, "Only its author may edit or delete a message");
    }

    /** The kind of refusal. */
    public Reason reason() {
        return reason;
    }

    /** The moderator's ruling that is the reason, or null. */
    public ModerationAction action() {
        return action;
    }
}
