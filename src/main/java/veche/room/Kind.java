package veche.room;

import java.util.Locale;

/** What a message is. On every wire it is written in lower case. */
public enum Kind {
    /** Text. */
    TEXT,
    /** Bytes, with an optional {@link Message#name() name} and, as text, an optional caption. */
    FILE,
    /** New text for the message that {@link Message#target()} names. */
    EDIT,
    /** Takes back the message that {@link Message#target()} names. */
    DELETE,
    /** An emoji, as text, on the message that {@link Message#target()} names. */
    REACTION;

    /** The name as it goes over the wire and into the log. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where no kind has that name */
    public static Kind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
