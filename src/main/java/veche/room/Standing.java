package veche.room;

import org.jspecify.annotations.Nullable;
import veche.room.access.Privilege;

/** What a user may do in rooms at present. */
interface Standing {
    User user();

    /**
     * @param room the room, or null for all rooms
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks the privilege
     */
    void check(@Nullable RoomName room, Privilege privilege);

    /** The rank in a room, or, if the room is null, in all rooms; that of application code is the maximum. */
    int rank(@Nullable RoomName room);

    /** Whether the user has a privilege of moderation in the room. */
    boolean moderates(RoomName room);
}
