package veche.dialect.stream;

import veche.room.Position;

/** Where a client begins to read a room. */
public sealed interface From {
    /** At the oldest message that is kept. */
    record Beginning() implements From {}

    /** After the newest message. */
    record Now() implements From {}

    /** After a position that the client knows. */
    record After(Position position) implements From {}
}
