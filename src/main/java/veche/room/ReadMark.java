package veche.room;

import java.time.Instant;

/**
 * How far an author has read in a room.
 *
 * @param author the author's id
 * @param at when they said so
 */
public record ReadMark(String author, RoomName room, Position upTo, Instant at) {}
