package veche.room;

import java.util.Locale;

/** The kind of a message. All protocols encode it in lower case. */
public enum Kind {
    /** Text. */
    TEXT,
    /** Bytes, with an optional {@link Message#name() name} and, as text, an optional caption. */
    FILE,
    /** New text for the message that {@link Message#target()} names. */
    EDIT,
    /** Deletes the message that {@link Message#target()} names. */
    DELETE,
    /** An emoji, as text, in reaction to the message that {@link Message#target()} names. */
    REACTION;

    /** The name in protocols and in the log. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no kind has this name */
    public static Kind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
