package veche.room;

/** Something that happens in a room and leaves no trace in its log. */
public sealed interface Signal {
    /** Who it is about. */
    Author author();

    /** Came into the room, with the first of their connections. */
    record Joined(Author author) implements Signal {}

    /** Left the room, with the last of their connections. */
    record Left(Author author) implements Signal {}

    /** Is writing, for the next few seconds. */
    record Typing(Author author) implements Signal {}

    /** Has read up to that position. */
    record Read(Author author, Position upTo) implements Signal {}
}
