package veche.room;

import java.util.Locale;

/** An operation reserved to moderators. */
public enum Privilege {
    /** Delete another author's message. */
    DELETE,
    /** Close another author's connections. */
    KICK,
    /** Ban and unban an author. */
    BAN,
    /** Mute and unmute an author. */
    MUTE,
    /** Set a room's slow mode or read-only mode, close it and open it. */
    MODE,
    /** Read the audit log, active bans and mutes, and the revisions of messages. */
    AUDIT;

    /** The name in protocols. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
