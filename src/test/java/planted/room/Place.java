package planted.room;

/** Something of the domain that others may import. */
public record Place() {}
