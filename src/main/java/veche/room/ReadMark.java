package veche.room;

import java.time.Instant;

/**
 * An author's read position in a room.
 *
 * @param author the author's id
 * @param room the room
 * @param upTo the position of the last message read
 * @param at when the server received it
 */
public record ReadMark(String author, RoomName room, Position upTo, Instant at) {}
