package veche.room;

/** A transient event in a room, which the log does not store. */
public sealed interface Signal {
    /** The author concerned. */
    Author author();

    /** The author entered the room with a first connection, or with another display name. */
    record Joined(Author author) implements Signal {}

    /** The author's last connection left the room. */
    record Left(Author author) implements Signal {}

    /** The author is typing; valid for a few seconds. */
    record Typing(Author author) implements Signal {}

    /** The author has read up to a position. */
    record Read(Author author, Position upTo) implements Signal {}
}
