package planted.room;

/** A type of the domain, which other packages may import. */
public record RoomType() {}
