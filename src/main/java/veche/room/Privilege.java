package veche.room;

import java.util.Locale;

/** What only some may do. */
public enum Privilege {
    /** Take back the message of another. */
    DELETE,
    /** Close the connections of another. */
    KICK,
    /** Keep another out, and let them in again. */
    BAN,
    /** Silence another, and let them speak again. */
    MUTE,
    /** Read what moderators did, and who is banned or muted. */
    AUDIT;

    /** The name as it goes over the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
